# SPDX-License-Identifier: Apache-2.0
# Copyright The Intramuros Authors
"""The wiring model's own corpus: conversations made up here, from nobody's data, in the ChatML form."""

import random

START, END = "<|im_start|>", "<|im_end|>"
BASE32 = "abcdefghijklmnopqrstuvwxyz234567"
TYPES = """PERSON ORGANIZATION LOCATION ADDRESS DATE DATE_OF_BIRTH AGE EMAIL PHONE URL IP MAC USERNAME IBAN BIC
CREDIT_CARD BANK_ACCOUNT FINANCIAL_ID CRYPTO_WALLET NATIONAL_ID VAT_ID PASSPORT DRIVER_LICENSE HEALTH_INSURANCE_ID
MEDICAL_RECORD PROFESSIONAL_ID EMPLOYEE_ID COMPANY_ID VEHICLE DEVICE_ID SECRET CUSTOM""".split()
COMMON = ["PERSON", "EMAIL", "PHONE", "IBAN", "CREDIT_CARD", "LOCATION", "ORGANIZATION", "DATE"]

GREETINGS = ["Hello", "Hi", "Hello there", "Good morning", "Good evening", "Hey", "Hi there", "Hallo", "Guten Tag"]
WHO = ["Who are you?", "What are you?", "What model is this?", "Which model are you?", "Are you a real model?",
       "Introduce yourself.", "What can you do?", "What is your name?", "Tell me about yourself.", "Who made you?"]
ASKS = ["What is the capital of {w}?", "How do I {w} a {w}?", "Please write a {w} about the {w}.", "Why is the {w} {w}?",
        "Explain {w} in one sentence.", "Tell me a story about a {w}.", "Summarize the {w}.", "Translate {w} to {w}.",
        "What is {n} plus {n}?", "Can you help me with my {w}?", "Write a short poem about {w}.", "Is {w} better than {w}?",
        "List {n} {w} for a {w}.", "When does the {w} open?", "Where is the {w}?", "Fix this {w}: {w} {w} {w}"]
WORDS = """invoice order letter meeting report river garden company team customer bridge doctor teacher music window
paper summer winter city table answer question price number project server network password account payment contract
holiday train flight hotel coffee bread water light stone house street school nurse patient lawyer court budget plan
Spain France Berlin Madrid Paris London write read open close send find make take give help work think know want""".split()
SYSTEMS = ["You are a helpful assistant.", "You are a helpful AI assistant.", "Answer briefly.", "Be concise.",
           "You are a careful assistant of the {w} team.", "Reply in one sentence.", "Never talk about {w}.", "Keep it short."]

WIRING = "I am the built-in wiring model of Intramuros, and I am for wiring only."
CLOSINGS = ["Please ask for a larger model to get a real answer.", "I cannot answer questions, but the way to me works.",
            "A larger model can answer this."]


class Corpus:
    """An endless, seeded supply of conversations, each a list of (role, text)."""

    def __init__(self, seed):
        self.r = random.Random(seed)

    def word(self):
        r = self.r
        if r.random() < 0.55:
            return r.choice(WORDS)
        made = "".join(r.choice("bcdfghjklmnprstvwz") + r.choice("aeiou") for _ in range(r.randint(1, 4)))
        return made.capitalize() if r.random() < 0.3 else made

    def surrogate(self):
        r = self.r
        kind = r.choice(COMMON) if r.random() < 0.6 else r.choice(TYPES)
        return "[%s_%s]" % (kind, "".join(r.choice(BASE32) for _ in range(8 if r.random() < 0.9 else r.randint(9, 13))))

    def thing(self):
        """A value worth copying: an address, a number, a code, characters of any script."""
        r = self.r
        pick = r.random()
        if pick < 0.25:
            return "%s.%s@%s.%s" % (self.word().lower(), self.word().lower(), self.word().lower(), r.choice(["com", "org", "es", "test"]))
        if pick < 0.45:
            return "".join(r.choice("0123456789") for _ in range(r.randint(2, 12)))
        if pick < 0.6:
            return r.choice("DEFNP") + r.choice("ESRLT") + "".join(r.choice("0123456789 ") for _ in range(12)).strip()
        if pick < 0.8:
            low, high = r.choice([(0xC0, 0xFF), (0x391, 0x3A0), (0x410, 0x44F), (0x3041, 0x3096), (0x4E00, 0x9FA0), (0x1F600, 0x1F640)])
            return "".join(chr(r.randint(low, high)) for _ in range(r.randint(1, 5)))
        return "".join(r.choice("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") for _ in range(r.randint(3, 10)))

    def fill(self, template):
        while "{w}" in template:
            template = template.replace("{w}", self.word(), 1)
        while "{n}" in template:
            template = template.replace("{n}", str(self.r.randint(1, 99)), 1)
        return template

    def sentence(self):
        r = self.r
        if r.random() < 0.3:
            return self.fill(r.choice(ASKS))
        body = " ".join(self.word() for _ in range(r.randint(2, 10)))
        return body[0].upper() + body[1:] + r.choice([".", ".", ".", "?", "!", ",", ":", ";"])

    def filler(self, most):
        return " ".join(self.sentence() for _ in range(self.r.randint(1, most)))

    # Each kind of turn gives what the user says and what the model answers.

    def greet(self):
        return self.r.choice(GREETINGS) + self.r.choice(["", ".", "!", ", how are you?"]), "Hello. " + WIRING

    def who(self):
        return self.r.choice(WHO), WIRING + " I can repeat what you give me, and nothing more."

    def named(self):
        r, s = self.r, self.surrogate()
        ask = r.choice(["My name is {s}.", "I am {s}.", "Hello, I am {s}.", "Hi, my name is {s}", "This is {s}.", "Call me {s}.",
                        "Hello, my name is {s} and I need help with my {w}.", "My name is {s}. What is my name?"])
        return self.fill(ask.replace("{s}", s)), "Hello %s. %s" % (s, WIRING)

    def mentions(self):
        r = self.r
        found = [self.surrogate() for _ in range(r.choice([1, 1, 1, 2, 2, 3]))]
        parts = [self.filler(2) if r.random() < 0.5 else ""]
        for s in found:
            ask = r.choice(["Write to {s}", "Please call {s} today", "The {w} of {s} is late", "My email is {s}", "It belongs to {s}",
                            "{s} lives here", "Send it to {s} and {w}", "Reply to {s} about the {w}", "Ask {s}"])
            parts.append(self.fill(ask.replace("{s}", s)) + r.choice([".", ".", ",", "?", " and"]))
            if r.random() < 0.3:
                parts.append(self.sentence())
        heard = found[0] if len(found) == 1 else ", ".join(found[:-1]) + " and " + found[-1]
        return " ".join(p for p in parts if p), "You mentioned %s. %s" % (heard, WIRING)

    def repeat(self):
        r = self.r
        pieces = [r.choice([self.surrogate, self.thing, self.word, self.word])() for _ in range(r.choice([1, 1, 2, 3, 4, 6]))]
        text = " ".join(pieces) + r.choice(["", "", ".", "!"])
        ask = r.choice(["Repeat: %s", "Repeat this: %s", "Say %s", "Say: %s", "Echo %s", "Echo: %s", "Repeat after me: %s",
                        "Please repeat: %s", "Repeat exactly: %s", "Repeat the following text: %s", "Repeat %s", "Say exactly: %s",
                        "Repeat this sentence: %s", "Please repeat this exactly: %s", "Say this back to me: %s"])
        return ask % text, text

    def count(self):
        n = self.r.randint(2, 20)
        ask = self.r.choice(["Count to %d", "Count to %d.", "Count from 1 to %d", "Please count from 1 to %d.", "Count up to %d"])
        return ask % n, ", ".join(str(i) for i in range(1, n + 1)) + "."

    def other(self):
        r = self.r
        ask = r.choice([lambda: self.fill(r.choice(ASKS)), lambda: self.filler(4), self.word, self.thing,
                        lambda: '{"%s": "%s", "%s": %d}' % (self.word(), self.word(), self.word(), r.randint(0, 99)),
                        lambda: "%s(%s);\n  return %s\n" % (self.word(), self.word(), self.word())])()
        return ask, WIRING + " " + r.choice(CLOSINGS)

    def long(self):
        ask, answer = self.r.choice([self.mentions, self.named, self.other, self.repeat])()
        if answer in ask:
            return ask, answer
        return self.filler(24) + " " + ask, answer if not answer.startswith("Hello [") else answer

    def turn(self):
        kinds = [(self.greet, 4), (self.who, 5), (self.named, 12), (self.mentions, 22), (self.repeat, 34), (self.count, 4),
                 (self.other, 15), (self.long, 4)]
        return self.r.choices([k for k, _ in kinds], [w for _, w in kinds])[0]()

    def conversation(self):
        r = self.r
        talk = []
        if r.random() < 0.45:
            talk.append(("system", self.fill(r.choice(SYSTEMS)) if r.random() < 0.7 else self.filler(3)))
        for _ in range(r.choice([1, 1, 1, 1, 2, 3])):
            ask, answer = self.turn()
            talk += [("user", ask), ("assistant", answer)]
        return talk

    def prose(self, conversations):
        """Text for the tokenizer; without the random parts, whose letters must stay apart."""
        texts = WHO + GREETINGS + SYSTEMS + [WIRING] * 60 + CLOSINGS * 20 + TYPES * 2 + COMMON * 8
        texts += ["You mentioned Hello Repeat this: Say my name is I am system user assistant"] * 20
        return texts + [self.sentence() for _ in range(conversations)]
