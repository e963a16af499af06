# SPDX-License-Identifier: Apache-2.0
# Copyright The Intramuros Authors
"""Byte-level BPE as GPT-2 has it, with SmolLM2's pre-tokenizer: digits apart, then words with their leading space."""

import re
from collections import Counter

CONTROL = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
PIECES = re.compile(r"'(?:s|t|re|ve|m|ll|d)| ?[^\W\d_]+| ?\d+| ?(?:_|[^\s\w])+|\s+(?!\S)|\s+")


def byte_characters():
    """GPT-2's printable stand-in of each byte."""
    shown = list(range(33, 127)) + list(range(161, 173)) + list(range(174, 256))
    table, extra = {b: chr(b) for b in shown}, 0
    for b in range(256):
        if b not in table:
            table[b] = chr(256 + extra)
            extra += 1
    return table


BYTES = byte_characters()


def pieces(text):
    for part in re.split(r"(\d)", text):
        for piece in PIECES.findall(part):
            yield tuple(BYTES[b] for b in piece.encode("utf-8"))


def joined(symbols, pair):
    out, i = [], 0
    while i < len(symbols):
        if i + 1 < len(symbols) and (symbols[i], symbols[i + 1]) == pair:
            out.append(symbols[i] + symbols[i + 1])
            i += 2
        else:
            out.append(symbols[i])
            i += 1
    return tuple(out)


class Tokens:
    """The vocabulary: control tokens, the 256 bytes, then one token per merge."""

    def __init__(self, texts, size):
        words = Counter(p for text in texts for p in pieces(text))
        self.merges = []
        for _ in range(size - len(CONTROL) - 256):
            pairs = Counter()
            for word, times in words.items():
                for pair in zip(word, word[1:]):
                    pairs[pair] += times
            best = max(pairs, key=lambda p: (pairs[p], p))
            self.merges.append(best)
            words = Counter({joined(w, best): 0 for w in words}) + Counter(self._rejoined(words, best))
        self.texts = CONTROL + [BYTES[b] for b in range(256)] + [a + b for a, b in self.merges]
        self.ids = {t: i for i, t in enumerate(self.texts)}
        self.rank = {m: i for i, m in enumerate(self.merges)}
        self.known = {}

    @staticmethod
    def _rejoined(words, pair):
        out = Counter()
        for word, times in words.items():
            out[joined(word, pair)] += times
        return out

    def encode(self, text):
        return [i for piece in pieces(text) for i in self._piece(piece)]

    def _piece(self, piece):
        if piece not in self.known:
            symbols = piece
            while len(symbols) > 1:
                best = min(zip(symbols, symbols[1:]), key=lambda p: self.rank.get(p, 1 << 30))
                if best not in self.rank:
                    break
                symbols = joined(symbols, best)
            self.known[piece] = [self.ids[s] for s in symbols]
        return self.known[piece]

    def decode(self, ids):
        back = {c: b for b, c in BYTES.items()}
        return bytes(back[c] for i in ids if i >= len(CONTROL) for c in self.texts[i]).decode("utf-8", "replace")
