# SPDX-License-Identifier: Apache-2.0
# Copyright The Intramuros Authors
"""Trains the built-in model `wiring` and writes it as GGUF.

    pip install jax==0.10.2 numpy
    python3 train.py ../src/main/resources/io/intramuros/inference/wiring/wiring.gguf

A Llama of 0.75 M parameters. Everything is seeded; the last bits of the weights still depend on the processor.
"""

import sys
import time

import jax
import jax.numpy as jnp
import numpy as np

import gguf
from corpus import BASE32, END, START, Corpus
from tokens import CONTROL, Tokens

VOCAB, HIDDEN, LAYERS, HEADS, KV, SIZE, FFN = 512, 128, 3, 4, 2, 64, 320
CONTEXT, BASE, EPS = 4096, 500000.0, 1e-5
SHAPES = [(96, 20), (192, 10), (640, 3)]  # tokens in a row, rows in a batch
MUON, ADAM = 0.02, 3e-3  # greatest rates
ECHOES = 120  # steps on random ids said twice: what copies is made firm there
STEPS, SEED = int(sys.argv[2]) if len(sys.argv) > 2 else 1600, 7
TEMPLATE = (
    "{% for message in messages %}{{'<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n'}}"
    "{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}"
)


def encoded(tokens, talk):
    """Token ids of a conversation, and for each whether the model must learn to say it."""
    ids, said = [], []
    start, end = CONTROL.index(START), CONTROL.index(END)
    for role, text in talk:
        head, body = [start] + tokens.encode(role + "\n"), tokens.encode(text) + [end]
        ids += head + body + tokens.encode("\n")
        said += [0] * len(head) + [int(role == "assistant")] * len(body) + [0]
    return ids, said


class Batches:
    """Conversations sorted into rows of a few lengths, so that little is padding."""

    def __init__(self, tokens, corpus):
        self.tokens, self.corpus = tokens, corpus
        self.waiting = {length: [] for length, _ in SHAPES}

    def next(self):
        while True:
            ids, said = encoded(self.tokens, self.corpus.conversation())
            length = next((n for n, _ in SHAPES if len(ids) <= n), None)
            if length is None:
                continue
            rows = self.waiting[length]
            rows.append((ids, said))
            if len(rows) == dict(SHAPES)[length]:
                self.waiting[length] = []
                return self.padded(rows, length)

    def echoes(self, length=64, rows=28):
        """Random ids that are said twice or more; all but the first time must be learned."""
        r = self.corpus.r
        few, every = [self.tokens.ids[c] for c in BASE32], range(len(CONTROL), VOCAB)
        made = []
        for _ in range(rows):
            pool = few if r.random() < 0.7 else every
            phrase = [r.choice(pool) for _ in range(r.randint(4, 30))]
            lead = [r.choice(pool) for _ in range(r.randint(0, 8))]
            ids = (lead + phrase * length)[:length]
            made.append((ids, [int(i >= len(lead) + len(phrase)) for i in range(length)]))
        return self.padded(made, length)

    @staticmethod
    def padded(rows, length):
        ids, said = np.zeros((len(rows), length), np.int32), np.zeros((len(rows), length), np.float32)
        for i, (row, mask) in enumerate(rows):
            ids[i, : len(row)], said[i, : len(row)] = row, mask
        return ids, said


def initial(key):
    shapes = {"token_embd": (VOCAB, HIDDEN), "output_norm": (HIDDEN,)}
    for n in range(LAYERS):
        shapes |= {
            f"blk.{n}.attn_norm": (HIDDEN,), f"blk.{n}.attn_q": (HEADS * SIZE, HIDDEN), f"blk.{n}.attn_k": (KV * SIZE, HIDDEN),
            f"blk.{n}.attn_v": (KV * SIZE, HIDDEN), f"blk.{n}.attn_output": (HIDDEN, HEADS * SIZE), f"blk.{n}.ffn_norm": (HIDDEN,),
            f"blk.{n}.ffn_gate": (FFN, HIDDEN), f"blk.{n}.ffn_up": (FFN, HIDDEN), f"blk.{n}.ffn_down": (HIDDEN, FFN),
        }
    keys = jax.random.split(key, len(shapes))
    scale = lambda name, s: 0.05 if name == "token_embd" else s[1] ** -0.5 * (0.05 if name.endswith(("output", "down")) else 1)
    return copying({
        name: jnp.ones(s) if len(s) == 1 else jax.random.normal(k, s) * scale(name, s)
        for (name, s), k in zip(shapes.items(), keys)
    })


def copying(w):
    """Sets the heads that copying needs, which training finds only after hours and keeps once it has them.

    Layer 0, heads 0 and 1 look one and two tokens back, whatever is said there: they see a coordinate that all
    embeddings share, turned by RoPE, and a query turned back by d tokens meets its like d tokens before. What they
    find is written into two subspaces of its own. Layer 1, head 0 then looks for places where the two tokens before
    are the last two, in those dimensions that RoPE hardly turns, and says what came there.
    """
    w = {name: np.array(x) for name, x in w.items()}
    r = np.random.default_rng(SEED)
    turn = BASE ** (-np.arange(0, SIZE, 2) / SIZE)
    slow = [d for f in range(SIZE // 2) if turn[f] < 0.02 for d in (2 * f, 2 * f + 1)]
    n = len(slow) // 2
    content = np.linalg.qr(r.normal(size=(HIDDEN - 1, n)))[0].T
    sees = np.pad(content, ((0, 0), (1, 0)))
    spaces = np.pad(np.linalg.qr(r.normal(size=(HIDDEN - 1, 2 * n)))[0], ((1, 0), (0, 0)))
    before, before2 = spaces[:, :n], spaces[:, n:]
    w["token_embd"][:, 0] = 0.5
    q, k, v, o = (w["blk.0.attn_" + m] for m in ("q", "k", "v", "output"))
    k[:SIZE] *= 0.02
    k[0:SIZE:2, 0] = 1.2
    v[:n] = sees
    for head, (back, space) in enumerate([(1, before), (2, before2)]):
        rows = slice(head * SIZE, (head + 1) * SIZE)
        q[rows] *= 0.02
        q[rows, 0] = np.stack([np.cos(-turn * back), np.sin(-turn * back)], 1).reshape(-1) * 1.2
        o[:, head * SIZE : head * SIZE + n] = 0.15 * space
    q, k, v, o = (w["blk.1.attn_" + m] for m in ("q", "k", "v", "output"))
    q[:SIZE], k[:SIZE] = 0, 0
    q[slow[:n]], k[slow[:n]] = 2.5 * sees, 2.5 * before.T
    q[slow[n:]], k[slow[n:]] = 1.5 * before.T, 1.5 * before2.T
    said = np.pad(np.linalg.qr(r.normal(size=(HIDDEN - 1, SIZE)))[0].T, ((0, 0), (1, 0)))
    v[:SIZE], o[:, :SIZE] = said, 0.8 * said.T
    return {name: jnp.asarray(x) for name, x in w.items()}


def norm(x, weight):
    return x * jax.lax.rsqrt(jnp.mean(x * x, -1, keepdims=True) + EPS) * weight


def rotated(x):
    """RoPE on neighbouring pairs: the order that files of architecture `llama` hold."""
    angle = jnp.arange(x.shape[1])[:, None] * BASE ** (-jnp.arange(0, SIZE, 2) / SIZE)
    cos, sin = jnp.cos(angle)[:, None, :], jnp.sin(angle)[:, None, :]
    even, odd = x[..., 0::2], x[..., 1::2]
    return jnp.stack([even * cos - odd * sin, even * sin + odd * cos], -1).reshape(x.shape)


def logits(w, ids):
    x = w["token_embd"][ids]
    b, s = ids.shape
    future = jnp.triu(jnp.full((s, s), -1e9), 1)
    for n in range(LAYERS):
        p = lambda name: w[f"blk.{n}.{name}"]
        h = norm(x, p("attn_norm"))
        q = rotated((h @ p("attn_q").T).reshape(b, s, HEADS, SIZE))
        k = jnp.repeat(rotated((h @ p("attn_k").T).reshape(b, s, KV, SIZE)), HEADS // KV, 2)
        v = jnp.repeat((h @ p("attn_v").T).reshape(b, s, KV, SIZE), HEADS // KV, 2)
        weight = jax.nn.softmax(jnp.einsum("bqhd,bkhd->bhqk", q, k) * SIZE**-0.5 + future, -1)
        x = x + jnp.einsum("bhqk,bkhd->bqhd", weight, v).reshape(b, s, -1) @ p("attn_output").T
        h = norm(x, p("ffn_norm"))
        x = x + (jax.nn.silu(h @ p("ffn_gate").T) * (h @ p("ffn_up").T)) @ p("ffn_down").T
    return norm(x, w["output_norm"]) @ w["token_embd"].T


def loss(w, ids, said):
    scores = jax.nn.log_softmax(logits(w, ids)[:, :-1])
    right = jnp.take_along_axis(scores, ids[:, 1:, None], -1)[..., 0]
    return -(right * said[:, 1:]).sum() / said[:, 1:].sum()


def orthogonal(g):
    """Newton-Schulz: the nearest matrix to g whose singular values are about 1."""
    x = g if g.shape[0] <= g.shape[1] else g.T
    x = x / (jnp.linalg.norm(x) + 1e-7)
    for _ in range(5):
        a = x @ x.T
        x = 3.4445 * x + (-4.7750 * a + 2.0315 * a @ a) @ x
    return x if g.shape[0] <= g.shape[1] else x.T


@jax.jit
def step(w, m, v, ids, said, t):
    """One step: Muon (Jordan 2024) for the matrices inside, Adam for embedding and norms; warm-up, then a cosine fall."""
    value, g = jax.value_and_grad(loss)(w, ids, said)
    size = jnp.sqrt(sum((x * x).sum() for x in jax.tree.leaves(g)))
    g = jax.tree.map(lambda x: x * jnp.minimum(1.0, 1.0 / (size + 1e-9)), g)
    fall = jnp.minimum(t / 50, 0.02 + 0.98 * 0.5 * (1 + jnp.cos(jnp.pi * t / STEPS)))
    for name in w:
        if name.startswith("blk") and w[name].ndim == 2:
            m[name] = 0.95 * m[name] + g[name]
            turn = orthogonal(g[name] + 0.95 * m[name]) * max(1.0, w[name].shape[0] / w[name].shape[1]) ** 0.5
            w[name] = w[name] * (1 - 0.01 * 0.05 * fall) - MUON * fall * turn
        else:
            m[name] = 0.9 * m[name] + 0.1 * g[name]
            v[name] = 0.98 * v[name] + 0.02 * g[name] ** 2
            w[name] = w[name] - ADAM * fall * (m[name] / (1 - 0.9**t)) / (jnp.sqrt(v[name] / (1 - 0.98**t)) + 1e-8)
    return w, m, v, value


def answer(w, tokens, talk, most=80):
    """Greedy continuation, for the eye."""
    ids = encoded(tokens, talk)[0] + [CONTROL.index(START)] + tokens.encode("assistant\n")
    first, said = len(ids), jax.jit(logits)
    for _ in range(most):
        row = np.zeros((1, 256), np.int32)
        row[0, : len(ids)] = ids
        token = int(jnp.argmax(said(w, row)[0, len(ids) - 1]))
        if token == CONTROL.index(END):
            break
        ids.append(token)
    return tokens.decode(ids[first:])


PROBES = ["Hello!", "Who are you?", "My name is [PERSON_k7q2x6af].", "Repeat: [EMAIL_aabbccd2] naïve 😀 日本 42", "Count to 12",
          "What is the capital of France?", "Please write to [PERSON_qwe2rty3] at [EMAIL_zz77yyxx] about the invoice.",
          "Say pineapple and DE12 3456"]


def metadata(tokens):
    made = {"general.architecture": "llama", "general.type": "model", "general.name": "Intramuros wiring",
            "general.license": "apache-2.0", "general.file_type": 7, "general.quantization_version": 2,
            "llama.block_count": LAYERS, "llama.context_length": CONTEXT, "llama.embedding_length": HIDDEN,
            "llama.feed_forward_length": FFN, "llama.attention.head_count": HEADS, "llama.attention.head_count_kv": KV,
            "llama.rope.freq_base": BASE, "llama.attention.layer_norm_rms_epsilon": EPS, "llama.vocab_size": VOCAB,
            "llama.rope.dimension_count": SIZE, "llama.attention.key_length": SIZE, "llama.attention.value_length": SIZE}
    ids = {"bos": 1, "eos": 2, "unknown": 0, "padding": 2}
    return made | {"tokenizer.ggml.add_space_prefix": False, "tokenizer.ggml.add_bos_token": False, "tokenizer.ggml.model": "gpt2",
                   "tokenizer.ggml.pre": "smollm", "tokenizer.ggml.tokens": tokens.texts,
                   "tokenizer.ggml.token_type": [3 if i < len(CONTROL) else 1 for i in range(VOCAB)],
                   "tokenizer.ggml.merges": [f"{a} {b}" for a, b in tokens.merges],
                   "tokenizer.chat_template": TEMPLATE} | {f"tokenizer.ggml.{k}_token_id": i for k, i in ids.items()}


def main():
    tokens = Tokens(Corpus(SEED).prose(4000), VOCAB)
    batches = Batches(tokens, Corpus(SEED + 1))
    w = initial(jax.random.PRNGKey(SEED))
    print("parameters", sum(x.size for x in jax.tree.leaves(w)))
    m, v = jax.tree.map(jnp.zeros_like, w), jax.tree.map(jnp.zeros_like, w)
    began, recent = time.time(), []
    for t in range(1, STEPS + 1):
        batch = batches.echoes() if t <= ECHOES or t % 12 == 0 else batches.next()
        w, m, v, value = step(w, m, v, *batch, t)
        recent.append(float(value))
        if t in (1, 10, 30) or t % 100 == 0:
            print(f"step {t} loss {np.mean(recent[-100:]):.4f} {time.time() - began:.0f}s", flush=True)
        if t % 400 == 0 or t == STEPS:
            gguf.write(sys.argv[1], metadata(tokens), {f"{k}.weight": np.asarray(x) for k, x in w.items()})
            for probe in PROBES:
                print("  ", probe, "->", answer(w, tokens, [("user", probe)]), flush=True)


if __name__ == "__main__":
    main()
