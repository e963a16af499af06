#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Copyright The Intramuros Authors
"""clusters.py FOLDER OUT: packs the Brown clusters of spacy-lookups-data (PyPI, MIT) for the names package.

FOLDER holds LANG_lexeme_cluster.json.gz for en, de and es; OUT receives clusters-LANG.bin.gz: the number of words, and then by
the words' hash (FNV-1a over UTF-16) the step from the last hash and the cluster's path, both as LEB128.
"""
import gzip, json, struct, sys

WORDS = 160_000

def fnv(word):
    h = 0x811C9DC5
    b = word.encode('utf-16-le', 'surrogatepass')
    for i in range(0, len(b), 2):
        h = ((h ^ (b[i] | b[i + 1] << 8)) * 0x01000193) & 0xFFFFFFFF
    return h

def leb(n):
    out = bytearray()
    while n > 127:
        out.append(n & 127 | 128)
        n >>= 7
    out.append(n)
    return bytes(out)

def main(folder, out):
    for lang in ('en', 'de', 'es'):
        words = json.load(gzip.open(f'{folder}/{lang}_lexeme_cluster.json.gz'))
        kept = {}
        for word, path in words.items():  # the most frequent first
            if len(kept) >= WORDS:
                break
            if path == 0 or not any(c.isalpha() for c in word):
                continue
            if word != word.lower() and words.get(word.lower()) == path:
                continue  # found by the word in small letters
            kept.setdefault(fnv(word), path)
        last = 0
        data = bytearray(struct.pack('>i', len(kept)))
        for h in sorted(kept):
            data += leb(h - last) + leb(kept[h])
            last = h
        with open(f'{out}/clusters-{lang}.bin.gz', 'wb') as f:
            f.write(gzip.compress(bytes(data), 9, mtime=0))

if __name__ == '__main__':
    main(*sys.argv[1:])
