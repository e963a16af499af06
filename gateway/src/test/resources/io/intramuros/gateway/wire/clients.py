# SPDX-License-Identifier: Apache-2.0
# Copyright The Intramuros Authors
"""The official Python clients against a gateway: address, key, and the model to ask. Prints one line for each check."""
import sys

import anthropic
import ollama
import openai

URL, KEY, MODEL = sys.argv[1:4]
SAID = "Write to jane.roe@example.com"
TOOL = {"type": "object", "properties": {"to": {"type": "string"}}}


def check(name, condition, what=""):
    print(("ok " if condition else "FAILED ") + name + ("" if condition else " " + repr(what)))


def with_openai():
    client = openai.OpenAI(base_url=URL + "/v1", api_key=KEY, max_retries=0)
    messages = [{"role": "user", "content": SAID}]
    whole = client.chat.completions.create(model=MODEL, messages=messages)
    check("openai chat", whole.choices[0].message.content == SAID, whole)
    chunks = client.chat.completions.create(model=MODEL, messages=messages, stream=True)
    text = "".join(c.choices[0].delta.content or "" for c in chunks if c.choices)
    check("openai stream", text == SAID, text)
    answer = client.responses.create(model=MODEL, input=SAID)
    check("openai responses", answer.output_text == SAID, answer)
    with client.responses.stream(model=MODEL, input=SAID) as stream:
        for _ in stream:
            pass
        check("openai responses stream", stream.get_final_response().output_text == SAID)
    try:
        openai.OpenAI(base_url=URL + "/v1", api_key="imk_wrong", max_retries=0).models.list()
        check("openai 401", False)
    except openai.AuthenticationError:
        check("openai 401", True)


def with_anthropic():
    client = anthropic.Anthropic(base_url=URL, api_key=KEY, max_retries=0)
    ask = dict(model=MODEL, max_tokens=200, messages=[{"role": "user", "content": SAID}])
    whole = client.messages.create(**ask)
    check("anthropic messages", whole.content[0].text == SAID, whole)
    with client.messages.stream(**ask, tools=[{"name": "lookup", "input_schema": TOOL}]) as stream:
        for _ in stream:
            pass
        final = stream.get_final_message()
    check("anthropic stream", final.content[0].text == SAID, final)
    check("anthropic count", client.messages.count_tokens(model=MODEL, messages=ask["messages"]).input_tokens > 0)
    check("anthropic models", any(m.id == MODEL for m in client.models.list()))
    try:
        client.messages.create(**dict(ask, model="nobody"))
        check("anthropic 404", False)
    except anthropic.NotFoundError:
        check("anthropic 404", True)


def with_ollama():
    client = ollama.Client(host=URL, headers={"Authorization": "Bearer " + KEY})
    messages = [{"role": "user", "content": SAID}]
    whole = client.chat(model=MODEL, messages=messages)
    check("ollama chat", whole.message.content == SAID, whole)
    text = "".join(part.message.content for part in client.chat(model=MODEL, messages=messages, stream=True))
    check("ollama stream", text == SAID, text)
    check("ollama list", any(m.model == MODEL for m in client.list().models))
    check("ollama show", "tools" in client.show(MODEL).capabilities)
    check("ollama pull", client.pull(MODEL).status == "success")
    try:
        ollama.Client(host=URL, headers={"Authorization": "Bearer imk_wrong"}).list()
        check("ollama 401", False)
    except ollama.ResponseError as error:
        check("ollama 401", error.status_code == 401, error)


with_openai()
with_anthropic()
with_ollama()
