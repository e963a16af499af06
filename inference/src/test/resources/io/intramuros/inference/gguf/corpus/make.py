# SPDX-License-Identifier: Apache-2.0
# Copyright The Intramuros Authors
"""Writes the hostile files of this folder; each name says what is wrong, and sound-* are read. Run: python3 make.py"""
import json
import struct


def s(text):
    b = text.encode() if isinstance(text, str) else text
    return struct.pack("<Q", len(b)) + b


def head(tensors, entries, version=3, magic=b"GGUF"):
    return magic + struct.pack("<IQQ", version, tensors, entries)


def tensor(name, dims, kind, offset):
    return s(name) + struct.pack("<I", len(dims)) + b"".join(struct.pack("<Q", d) for d in dims) + struct.pack("<IQ", kind, offset)


def padded(b):
    return b + b"\0" * (-len(b) % 32)


def file(name, b):
    with open(name, "wb") as f:
        f.write(b)


TEXT = s("general.architecture") + struct.pack("<I", 8) + s("llama")
SOUND = padded(head(1, 1) + TEXT + tensor("a", [8], 0, 0)) + b"\0" * 32

file("sound-small.gguf", SOUND)
file("sound-empty.gguf", head(0, 0))
file("bad-nothing.gguf", b"")
file("bad-magic.gguf", head(0, 0, magic=b"GGUX"))
file("bad-big-endian.gguf", b"GGUF" + struct.pack(">IQQ", 3, 0, 0))
file("bad-version-1.gguf", head(0, 0, version=1))
file("bad-version-huge.gguf", head(0, 0, version=0xFFFFFFFF))
file("bad-entries-2-63.gguf", head(0, 1 << 63))
file("bad-entries-huge.gguf", head(0, (1 << 62)))
file("bad-tensors-huge.gguf", head(1 << 40, 0))
file("bad-key-length.gguf", head(0, 1) + struct.pack("<Q", 1 << 50) + b"abc")
file("bad-key-negative.gguf", head(0, 1) + struct.pack("<q", -1) + b"abc")
file("bad-key-not-utf8.gguf", head(0, 1) + s(b"\xff\xfe") + struct.pack("<IB", 0, 1) + b"\0" * 16)
file("bad-key-twice.gguf", head(0, 2) + TEXT + TEXT)
file("bad-type-13.gguf", head(0, 1) + s("k") + struct.pack("<I", 13) + b"\0" * 16)
file("bad-array-huge.gguf", head(0, 1) + s("k") + struct.pack("<IIQ", 9, 0, 1 << 60))
file("bad-array-of-strings-huge.gguf", head(0, 1) + s("k") + struct.pack("<IIQ", 9, 8, 1 << 28) + b"\0" * 64)
file("bad-array-nested.gguf", head(0, 1) + s("k") + struct.pack("<IIQ", 9, 9, 1) + struct.pack("<IQ", 9, 1) * 50)
file("bad-alignment-0.gguf", head(1, 1) + s("general.alignment") + struct.pack("<II", 4, 0) + tensor("a", [8], 0, 0) + b"\0" * 64)
file("bad-alignment-huge.gguf", head(1, 1) + s("general.alignment") + struct.pack("<II", 4, 1 << 31) + tensor("a", [8], 0, 0) + b"\0" * 64)
file("bad-dims-0.gguf", padded(head(1, 0) + tensor("a", [], 0, 0)) + b"\0" * 32)
file("bad-dims-5.gguf", padded(head(1, 0) + tensor("a", [1] * 5, 0, 0)) + b"\0" * 32)
file("bad-dims-overflow.gguf", padded(head(1, 0) + tensor("a", [1 << 32, 1 << 32, 1 << 32, 1 << 32], 0, 0)) + b"\0" * 32)
file("bad-dims-negative.gguf", padded(head(1, 0) + tensor("a", [1 << 63], 0, 0)) + b"\0" * 32)
file("bad-tensor-type.gguf", padded(head(1, 0) + tensor("a", [8], 4, 0)) + b"\0" * 32)
file("bad-offset-beyond.gguf", padded(head(1, 0) + tensor("a", [8], 0, 32)) + b"\0" * 32)
file("bad-offset-2-63.gguf", padded(head(1, 0) + tensor("a", [8], 0, (1 << 63) + 32)) + b"\0" * 32)
file("bad-offset-odd.gguf", padded(head(1, 0) + tensor("a", [1], 0, 4)) + b"\0" * 32)
file("bad-tensor-twice.gguf", padded(head(2, 0) + tensor("a", [8], 0, 0) + tensor("a", [8], 0, 0)) + b"\0" * 32)
file("bad-block-torn.gguf", padded(head(1, 0) + tensor("a", [33], 8, 0)) + b"\0" * 96)
file("bad-cut-in-data.gguf", SOUND[:-1])


def st(name, header, data=b"\0" * 16, length=None):
    b = header if isinstance(header, bytes) else json.dumps(header).encode()
    file(name, struct.pack("<q", len(b) if length is None else length) + b + data)


def t(dtype, shape, offsets):
    return {"dtype": dtype, "shape": shape, "data_offsets": offsets}


st("sound-small.safetensors", {"a": t("F32", [4], [0, 16])})
st("sound-empty.safetensors", {}, b"")
st("bad-header-deep.safetensors", b"{\"a\":" + b"[" * 4000 + b"]" * 4000 + b"}")
st("bad-header-cut.safetensors", b"{\"a\":{\"dtype\":\"F32\"")
st("bad-header-not-utf8.safetensors", b"{\"\xff\":{}}")
st("bad-header-huge.safetensors", {}, length=1 << 40)
st("bad-header-twice.safetensors", b'{"a":' + json.dumps(t("F32", [4], [0, 16])).encode() + b',"a":{}}')
st("bad-overlap.safetensors", {"a": t("F32", [4], [0, 16]), "b": t("F32", [2], [8, 16])})
st("bad-hole.safetensors", {"a": t("F32", [1], [0, 4]), "b": t("F32", [1], [12, 16])})
st("bad-rest.safetensors", {"a": t("F32", [1], [0, 4])})
st("bad-offsets-swapped.safetensors", {"a": t("F32", [4], [16, 0])})
st("bad-offsets-2-64.safetensors", {"a": t("F32", [4], [0, 1 << 64])})
st("bad-shape-overflow.safetensors", {"a": t("F32", [1 << 62, 1 << 62], [0, 16])})
st("bad-shape-text.safetensors", {"a": t("F32", ["4"], [0, 16])})
st("bad-dtype.safetensors", {"a": t("F4", [4], [0, 16])})
