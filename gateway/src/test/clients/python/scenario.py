# SPDX-License-Identifier: Apache-2.0
# Copyright The Intramuros Authors
"""OpenAI's Python client against a gateway. Says each check that holds; ends with an error at the first that does not.

In the environment: BASE_URL, KEY, NARROW_KEY (one request, then one every two seconds), EMAIL and PHONE (personal data).
"""

import os
import time

import openai

EMAIL, PHONE = os.environ["EMAIL"], os.environ["PHONE"]


def client(key, **options):
    return openai.OpenAI(base_url=os.environ["BASE_URL"], api_key=key, **{"max_retries": 0, "timeout": 30} | options)


gateway = client(os.environ["KEY"])
ask = [{"role": "system", "content": "Answer by repeating."}, {"role": "user", "content": f"Write to {EMAIL}, call {PHONE}."}]
weather = {
    "type": "function",
    "function": {
        "name": "send",
        "description": "Sends a message",
        "parameters": {"type": "object", "properties": {"to": {"type": "string"}}},
    },
}


def check(name, holds):
    assert holds, name
    print("holds:", name, flush=True)


def refused(kind, call):
    try:
        call()
    except kind as error:
        return error
    raise AssertionError(f"no {kind.__name__}")


answer = gateway.chat.completions.create(model="m", messages=ask)
check("chat", answer.choices[0].message.content == f"Write to {EMAIL}, call {PHONE}.")
check("chat usage", answer.usage.total_tokens == 12 and answer.model == "m")

text, usage, finish = "", None, None
for chunk in gateway.chat.completions.create(
    model="m", messages=ask, stream=True, stream_options={"include_usage": True}
):
    usage = chunk.usage or usage
    for choice in chunk.choices:
        text += choice.delta.content or ""
        finish = choice.finish_reason or finish
check("stream", text == f"Write to {EMAIL}, call {PHONE}." and finish == "stop")
check("stream usage", usage.total_tokens == 12)

call = gateway.chat.completions.create(model="m", messages=ask, tools=[weather]).choices[0].message.tool_calls[0]
check("tool", call.function.name == "send" and call.function.arguments == '{"to":"%s"}' % EMAIL)
arguments = ""
for chunk in gateway.chat.completions.create(model="m", messages=ask, tools=[weather], stream=True):
    for choice in chunk.choices:
        for part in choice.delta.tool_calls or []:
            arguments += part.function.arguments or ""
check("tool streamed", arguments == '{"to":"%s"}' % EMAIL)
history = ask + [
    {"role": "assistant", "content": None, "tool_calls": [call.model_dump()]},
    {"role": "tool", "tool_call_id": call.id, "content": f"sent to {EMAIL}"},
]
check("tool history", gateway.chat.completions.create(model="m", messages=history).choices[0].message.content is not None)

vectors = gateway.embeddings.create(model="m", input=["a text", f"of {EMAIL}"])
check("embeddings", vectors.data[0].embedding == [0.25, -1.5] and len(vectors.data) == 2)
check("models", {model.id for model in gateway.models.list()} == {"m", "gpt-4o-mini"})

check("401", refused(openai.AuthenticationError, lambda: client("imk_wrong").models.list()).code == "invalid_api_key")
missing = refused(openai.NotFoundError, lambda: gateway.chat.completions.create(model="none", messages=ask))
check("404", missing.code == "model_not_found" and len(missing.request_id) == 36)
bad = refused(openai.BadRequestError, lambda: gateway.chat.completions.create(model="m", messages=ask, max_tokens=-1))
check("400", bad.code == "invalid_request")

narrow = os.environ["NARROW_KEY"]
client(narrow).chat.completions.create(model="m", messages=ask)
limited = refused(
    openai.RateLimitError, lambda: client(narrow).chat.completions.create(model="m", messages=ask)
)
check("429", limited.code == "rate_limit_exceeded" and 0 < int(limited.response.headers["retry-after"]) <= 2)
began = time.monotonic()
client(narrow, max_retries=2).chat.completions.create(model="m", messages=ask)
check("429 retried", time.monotonic() - began < 20)

slow = [{"role": "user", "content": "slowly"}]
refused(openai.APITimeoutError, lambda: client(os.environ["KEY"], timeout=0.5).chat.completions.create(model="m", messages=slow))
check("timeout", True)
stream = gateway.chat.completions.create(model="m", messages=[{"role": "user", "content": "endlessly"}], stream=True)
next(iter(stream))
stream.close()
check("cancel", True)
