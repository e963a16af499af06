# SPDX-License-Identifier: Apache-2.0
# Copyright The Intramuros Authors
"""Writes pieces.json: a small SentencePiece BPE model trained on the lines below, and what it makes of texts.
Run: pip install sentencepiece; python3 pieces.py"""
import io
import json
import random

import sentencepiece as spm

LINES = [
    "The quick brown fox jumps over the lazy dog, and the dog does not mind at all.",
    "A model reads tokens and writes tokens; between them there is nothing but numbers.",
    "Once upon a time there was a small company that kept its data within its own walls.",
    "Zahlen, Wörter und Sätze: alles wird zerlegt und wieder zusammengesetzt.",
    "Les données personnelles ne quittent jamais l'entreprise, même par erreur.",
    "def add(a, b):\n    return a + b  # sums two numbers",
    "東京は日本の首都です。 Москва — столица России. مرحبا بالعالم",
    "1234567890 3.14159 2026-01-15 user@example.com https://example.com/path?query=1",
]


def texts():
    r = random.Random(5)
    fixed = ["", " ", "  ", "a", " a", "a ", "Hello world", " the  dog ", "\n", "a\nb\n\n", "\t", "naïve café 😀",
             "東京 Москва", "<s>", "</s>", "<unk>", "<0x41>", "▁", "user@example.com", "unbelievable" * 3,
             "the the the", "aaaaaaaaaaaaaaaa", "\u0000", "e\u0301", "\U0001F468\u200D\U0001F469"]
    words = [w for line in LINES for w in line.split()]
    for _ in range(150):
        fixed.append("".join(r.choice(words) + r.choice([" ", "  ", "", "\n", ". ", "-", "é", "😀"]) for _ in range(r.randint(1, 9))))
    return fixed


def model(prefix):
    out = io.BytesIO()
    spm.SentencePieceTrainer.train(
        sentence_iterator=iter(LINES * 20), model_writer=out, model_type="bpe", vocab_size=620, byte_fallback=True,
        character_coverage=0.98, normalization_rule_name="identity", remove_extra_whitespaces=False,
        add_dummy_prefix=prefix, user_defined_symbols=["<sep>", "▁▁▁"], split_digits=True, num_threads=1,
        minloglevel=2, hard_vocab_limit=False, allow_whitespace_only_pieces=True)
    return spm.SentencePieceProcessor(model_proto=out.getvalue())


def described(prefix):
    p = model(prefix)
    tokens, scores, types = [], [], []
    for i in range(p.get_piece_size()):
        tokens.append(p.id_to_piece(i))
        scores.append(round(p.get_score(i), 4))
        types.append(2 if p.is_unknown(i) else 3 if p.is_control(i) else 6 if p.is_byte(i)
                     else 4 if tokens[-1] in ("<sep>", "▁▁▁") else 1)
    cases = [{"text": t, "ids": p.encode(t)} for t in texts() + ["a<sep>b", "<sep>", "x <sep> y", "a    b"]]
    return {"prefix": prefix, "tokens": tokens, "scores": scores, "types": types, "cases": cases}


if __name__ == "__main__":
    with open("pieces.json", "w") as f:
        json.dump([described(True), described(False)], f, ensure_ascii=True, separators=(",", ":"))
        f.write("\n")
