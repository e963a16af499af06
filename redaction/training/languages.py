#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Copyright The Intramuros Authors
"""languages.py --data FOLDER --out FILE [--check]: what each language is written of, for telling languages apart.

FOLDER holds the train-*.jsonl.gz of the development data; the templates of this folder are read too. Counted are the groups of
three characters in words, small and capital letters alike, a blank before and after each word; only these counts go in, no text. FILE receives
the number of groups, and then by their hash (FNV-1a over UTF-16) the step from the last hash as LEB128 and for each language a
byte: how unlikely the group is there, in sixteenths of a natural logarithm. --check prints how many of the dev-* texts are told right.
"""
import argparse, collections, gzip, glob, json, math, os, re, struct

LANGS = "en es de fr it nl pt".split()
KEPT = 2500
FLOOR = 255
WORD = re.compile(r"[^\W\d_]+")


def fnv(word):
    h = 0x811C9DC5
    b = word.encode("utf-16-le", "surrogatepass")
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


def groups(text):
    for word in WORD.findall(text):
        padded = f" {word.lower()} "
        for i in range(len(padded) - 2):
            yield padded[i : i + 3]


def texts(data, lang):
    for line in gzip.open(f"{data}/train-synth.jsonl.gz", "rt", encoding="utf-8"):
        record = json.loads(line)
        if record["lang"] == lang:
            yield record["text"], 1
    file = f"{data}/train-{lang}.jsonl.gz"
    if os.path.exists(file):
        for line in gzip.open(file, "rt", encoding="utf-8"):
            record = json.loads(line)
            yield record["text"], 1
    here = os.path.dirname(os.path.abspath(__file__))
    for line in open(f"{here}/templates-{lang}.txt", encoding="utf-8"):
        yield re.sub(r"\{.\}", "", line), 20


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--check", action="store_true")
    args = parser.parse_args()
    shares = {}
    for lang in LANGS:
        counts = collections.Counter()
        for text, times in texts(args.data, lang):
            for group in groups(text):
                counts[group] += times
        total = sum(counts.values())
        shares[lang] = {g: (n + 0.1) / total for g, n in counts.items()}
    kept = set()
    for lang in LANGS:
        kept.update(sorted(shares[lang], key=lambda g: (-shares[lang][g], g))[:KEPT])
    table = {g: [min(FLOOR, round(-16 * math.log(shares[l].get(g, 1e-7)))) for l in LANGS] for g in kept}
    out = bytearray(struct.pack(">i", len(table)))
    last = 0
    for key, row in sorted((fnv(g), row) for g, row in table.items()):
        out += leb(key - last) + bytes(row)
        last = key
    with open(args.out, "wb") as raw, gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0) as packed:
        packed.write(bytes(out))
    if args.check:
        check(args.data, table)


def check(data, table):
    for lang in LANGS:
        for file in glob.glob(f"{data}/dev-{lang}.jsonl.gz"):
            right = total = 0
            for line in gzip.open(file, "rt", encoding="utf-8"):
                sums = [0] * len(LANGS)
                for group in groups(json.loads(line)["text"]):
                    for i, cost in enumerate(table.get(group, ())):
                        sums[i] += cost
                total += 1
                right += LANGS[sums.index(min(sums))] == lang
            print(lang, right, total)


main()
