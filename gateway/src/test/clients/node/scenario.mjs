// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors

// OpenAI's client for Node against a gateway. Says each check that holds; ends with an error at the first that does not.
// In the environment: BASE_URL, KEY, NARROW_KEY (one request, then one every two seconds), EMAIL and PHONE
// (personal data), INSTALLED (the folder with node_modules).
import assert from "node:assert";
import { createRequire } from "node:module";

const OpenAI = createRequire(process.env.INSTALLED + "/")("openai");
const { BASE_URL, KEY, NARROW_KEY, EMAIL, PHONE } = process.env;
const SAID = `Write to ${EMAIL}, call ${PHONE}.`;

const client = (key, options = {}) =>
  new OpenAI.OpenAI({ baseURL: BASE_URL, apiKey: key, maxRetries: 0, timeout: 30_000, ...options });
const gateway = client(KEY);
const messages = [
  { role: "system", content: "Answer by repeating." },
  { role: "user", content: SAID },
];
const tools = [
  {
    type: "function",
    function: {
      name: "send",
      description: "Sends a message",
      parameters: { type: "object", properties: { to: { type: "string" } } },
    },
  },
];

function check(name, holds) {
  assert(holds, name);
  console.log("holds: " + name);
}

async function refused(kind, call) {
  try {
    await call();
  } catch (error) {
    assert(error instanceof kind, `${error}`);
    return error;
  }
  assert.fail(`no ${kind.name}`);
}

const answer = await gateway.chat.completions.create({ model: "m", messages });
check("chat", answer.choices[0].message.content === SAID);
check("chat usage", answer.usage.total_tokens === 12 && answer.model === "m");

let text = "";
let usage;
let finish;
for await (const chunk of await gateway.chat.completions.create({
  model: "m",
  messages,
  stream: true,
  stream_options: { include_usage: true },
})) {
  usage = chunk.usage ?? usage;
  for (const choice of chunk.choices) {
    text += choice.delta.content ?? "";
    finish = choice.finish_reason ?? finish;
  }
}
check("stream", text === SAID && finish === "stop");
check("stream usage", usage.total_tokens === 12);

const call = (await gateway.chat.completions.create({ model: "m", messages, tools })).choices[0].message.tool_calls[0];
check("tool", call.function.name === "send" && call.function.arguments === `{"to":"${EMAIL}"}`);
const runner = gateway.chat.completions.stream({ model: "m", messages, tools });
const whole = await runner.finalChatCompletion();
check("tool streamed", whole.choices[0].message.tool_calls[0].function.arguments === `{"to":"${EMAIL}"}`);
const history = [
  ...messages,
  { role: "assistant", content: null, tool_calls: [call] },
  { role: "tool", tool_call_id: call.id, content: `sent to ${EMAIL}` },
];
const after = await gateway.chat.completions.create({ model: "m", messages: history });
check("tool history", after.choices[0].message.content !== null);

const vectors = await gateway.embeddings.create({ model: "m", input: ["a text", `of ${EMAIL}`] });
check("embeddings", vectors.data.length === 2 && String(vectors.data[0].embedding) === "0.25,-1.5");
const ids = [];
for await (const model of gateway.models.list()) ids.push(model.id);
check("models", ids.sort().join() === "gpt-4o-mini,m");

const stranger = await refused(OpenAI.AuthenticationError, () => client("imk_wrong").models.list());
check("401", stranger.code === "invalid_api_key");
const missing = await refused(OpenAI.NotFoundError, () => gateway.chat.completions.create({ model: "none", messages }));
check("404", missing.code === "model_not_found" && missing.requestID.length === 36);
const bad = await refused(OpenAI.BadRequestError, () => gateway.chat.completions.create({ model: "m", messages, max_tokens: -1 }));
check("400", bad.code === "invalid_request");

await client(NARROW_KEY).chat.completions.create({ model: "m", messages });
const limited = await refused(OpenAI.RateLimitError, () =>
  client(NARROW_KEY).chat.completions.create({ model: "m", messages }),
);
const wait = Number(limited.headers.get("retry-after"));
check("429", limited.code === "rate_limit_exceeded" && wait > 0 && wait <= 2);
await client(NARROW_KEY, { maxRetries: 2 }).chat.completions.create({ model: "m", messages });
check("429 retried", true);

const slow = [{ role: "user", content: "slowly" }];
await refused(OpenAI.APIConnectionTimeoutError, () =>
  client(KEY, { timeout: 500 }).chat.completions.create({ model: "m", messages: slow }),
);
check("timeout", true);
const endless = await gateway.chat.completions.create({
  model: "m",
  messages: [{ role: "user", content: "endlessly" }],
  stream: true,
});
for await (const _ of endless) break;
check("cancel", true);
