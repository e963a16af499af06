# SPDX-License-Identifier: Apache-2.0
# Copyright The Intramuros Authors
"""The official Python clients of all three protocols against a gateway. Prints one line for each check.

In the environment: URL, KEY, MODEL (to ask), NARROW_KEY (one request, then one a second) and EMAIL (personal data).
"""
import os

import anthropic
import ollama
import openai

URL, KEY, MODEL, NARROW_KEY = (os.environ[name] for name in ("URL", "KEY", "MODEL", "NARROW_KEY"))
SAID = f"Write to {os.environ['EMAIL']} today"
TOOL = {"type": "object", "properties": {"to": {"type": "string"}}}
FUNCTION = {"type": "function", "function": {"name": "lookup", "description": "Looks up", "parameters": TOOL}}


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
    check("anthropic tool", final.content[1].input == {"to": SAID} and final.stop_reason == "tool_use", final)
    check("anthropic count", client.messages.count_tokens(model=MODEL, messages=ask["messages"]).input_tokens > 0)
    check("anthropic models", any(m.id == MODEL for m in client.models.list()))
    try:
        client.messages.create(**dict(ask, model="nobody"))
        check("anthropic 404", False)
    except anthropic.NotFoundError:
        check("anthropic 404", True)
    anthropic.Anthropic(base_url=URL, api_key=NARROW_KEY, max_retries=0).messages.create(**ask)
    try:
        anthropic.Anthropic(base_url=URL, api_key=NARROW_KEY, max_retries=0).messages.create(**ask)
        check("anthropic 429", False)
    except anthropic.RateLimitError as error:
        check("anthropic 429", error.response.headers["retry-after"] == "1", error.response.headers)
    anthropic.Anthropic(base_url=URL, api_key=NARROW_KEY, max_retries=4).messages.create(**ask)
    check("anthropic 429 retried", True)


def with_ollama():
    client = ollama.Client(host=URL, headers={"Authorization": "Bearer " + KEY})
    messages = [{"role": "user", "content": SAID}]
    whole = client.chat(model=MODEL, messages=messages)
    check("ollama chat", whole.message.content == SAID, whole)
    text = "".join(part.message.content for part in client.chat(model=MODEL, messages=messages, stream=True))
    check("ollama stream", text == SAID, text)
    call = client.chat(model=MODEL, messages=messages, tools=[FUNCTION]).message.tool_calls[0]
    check("ollama tool", call.function.name == "lookup" and call.function.arguments == {"to": SAID}, call)
    vectors = client.embed(model=MODEL, input=["a text", SAID]).embeddings
    check("ollama embed", [list(v) for v in vectors] == [[0.25, -1.5], [0.25, -1.5]], vectors)
    check("ollama list", any(m.model == MODEL for m in client.list().models))
    check("ollama show", "tools" in client.show(MODEL).capabilities)
    check("ollama pull", client.pull(MODEL).status == "success")
    try:
        ollama.Client(host=URL, headers={"Authorization": "Bearer imk_wrong"}).list()
        check("ollama 401", False)
    except ollama.ResponseError as error:
        check("ollama 401", error.status_code == 401, error)
    try:
        client.chat(model="nobody", messages=messages)
        check("ollama 404", False)
    except ollama.ResponseError as error:
        check("ollama 404", error.status_code == 404, error)


with_openai()
with_anthropic()
with_ollama()
