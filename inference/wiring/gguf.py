# SPDX-License-Identifier: Apache-2.0
# Copyright The Intramuros Authors
"""Writes a GGUF file, version 3: matrices as Q8_0 (blocks of 32 with one half-precision scale), vectors as F32."""

import struct

import numpy as np

U32, F32, BOOL, STRING, ARRAY = 4, 6, 7, 8, 9
I32 = 5
ALIGNMENT = 32


def text(value):
    raw = value.encode("utf-8")
    return struct.pack("<Q", len(raw)) + raw


def typed(value):
    if isinstance(value, bool):
        return struct.pack("<IB", BOOL, value)
    if isinstance(value, int):
        return struct.pack("<II", U32, value)
    if isinstance(value, float):
        return struct.pack("<If", F32, value)
    if isinstance(value, str):
        return struct.pack("<I", STRING) + text(value)
    if isinstance(value[0], int):
        return struct.pack("<IIQ", ARRAY, I32, len(value)) + struct.pack("<%di" % len(value), *value)
    return struct.pack("<IIQ", ARRAY, STRING, len(value)) + b"".join(text(v) for v in value)


def q8_0(matrix):
    blocks = np.asarray(matrix, np.float32).reshape(-1, 32)
    scale = (np.abs(blocks).max(axis=1) / 127).astype(np.float16)
    inverse = np.where(scale > 0, 1 / np.maximum(scale.astype(np.float32), 1e-30), 0)
    q = np.clip(np.rint(blocks * inverse[:, None]), -127, 127).astype(np.int8)
    return b"".join(s.tobytes() + row.tobytes() for s, row in zip(scale, q))


def write(path, metadata, tensors):
    """tensors: name -> array in row-major [out, in] or [n]; GGUF lists the dimensions innermost first."""
    out = bytearray(b"GGUF" + struct.pack("<IQQ", 3, len(tensors), len(metadata)))
    for key, value in metadata.items():
        out += text(key) + typed(value)
    data = bytearray()
    for name, value in tensors.items():
        matrix = value.ndim == 2
        out += text(name) + struct.pack("<I", value.ndim) + b"".join(struct.pack("<Q", d) for d in reversed(value.shape))
        out += struct.pack("<IQ", 8 if matrix else 0, len(data))
        data += q8_0(value) if matrix else np.asarray(value, np.float32).tobytes()
        data += bytes(-len(data) % ALIGNMENT)
    out += bytes(-len(out) % ALIGNMENT)
    with open(path, "wb") as file:
        file.write(out + data)
