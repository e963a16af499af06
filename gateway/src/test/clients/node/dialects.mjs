// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors

// Anthropic's and Ollama's clients for Node against a gateway. Prints one line for each check.
// In the environment: URL, KEY, MODEL (to ask), NARROW_KEY (one request, then one a second), EMAIL (personal data) and
// INSTALLED (the folder with node_modules).
import { createRequire } from "node:module";

const installed = createRequire(process.env.INSTALLED + "/");
const { Anthropic, AuthenticationError, NotFoundError, RateLimitError } = installed("@anthropic-ai/sdk");
const { Ollama } = installed("ollama");
const { URL: url, KEY, MODEL, NARROW_KEY, EMAIL } = process.env;
const SAID = `Write to ${EMAIL} today`;
const schema = { type: "object", properties: { to: { type: "string" } } };

function check(name, holds, what) {
  console.log((holds ? "ok " : "FAILED ") + name + (holds ? "" : " " + JSON.stringify(what)));
}

async function refused(call) {
  try {
    return { answered: await call() };
  } catch (error) {
    return error;
  }
}

async function withAnthropic() {
  const client = (apiKey, maxRetries = 0) => new Anthropic({ baseURL: url, apiKey, maxRetries, timeout: 30_000 });
  const gateway = client(KEY);
  const ask = { model: MODEL, max_tokens: 200, messages: [{ role: "user", content: SAID }] };
  const tools = [{ name: "lookup", description: "Looks up", input_schema: schema }];
  const whole = await gateway.messages.create(ask);
  check("anthropic messages", whole.content[0].text === SAID && whole.stop_reason === "end_turn", whole);
  const final = await gateway.messages.stream({ ...ask, tools }).finalMessage();
  const call = final.content[1];
  check("anthropic stream", final.content[0].text === SAID && final.usage.output_tokens === 7, final);
  check("anthropic tool", call.name === "lookup" && call.input.to === SAID && final.stop_reason === "tool_use", final);
  const history = [
    ...ask.messages,
    { role: "assistant", content: final.content },
    { role: "user", content: [{ type: "tool_result", tool_use_id: call.id, content: `sent to ${EMAIL}` }] },
  ];
  const after = await gateway.messages.create({ ...ask, tools, messages: history });
  check("anthropic tool history", after.content[0].text === `sent to ${EMAIL}`, after);
  check("anthropic count", (await gateway.messages.countTokens({ model: MODEL, messages: ask.messages })).input_tokens > 0);
  const models = [];
  for await (const model of gateway.models.list()) models.push(model.id);
  check("anthropic models", models.includes(MODEL), models);
  const stranger = await refused(() => client("imk_wrong").messages.create(ask));
  check("anthropic 401", stranger instanceof AuthenticationError, stranger);
  const missing = await refused(() => gateway.messages.create({ ...ask, model: "nobody" }));
  check("anthropic 404", missing instanceof NotFoundError && missing.error.type === "error", missing);
  await client(NARROW_KEY).messages.create(ask);
  const limited = await refused(() => client(NARROW_KEY).messages.create(ask));
  check("anthropic 429", limited instanceof RateLimitError && limited.headers.get("retry-after") === "1", limited);
  check("anthropic 429 retried", (await client(NARROW_KEY, 4).messages.create(ask)).content[0].text === SAID);
  const stream = await gateway.messages.create({ ...ask, stream: true });
  for await (const _ of stream) break;
  check("anthropic cancel", true);
}

async function withOllama() {
  const client = (key) => new Ollama({ host: url, headers: { Authorization: "Bearer " + key } });
  const gateway = client(KEY);
  const ask = { model: MODEL, messages: [{ role: "user", content: SAID }] };
  check("ollama chat", (await gateway.chat(ask)).message.content === SAID);
  let text = "";
  let done = false;
  for await (const part of await gateway.chat({ ...ask, stream: true })) {
    text += part.message.content;
    done = part.done;
  }
  check("ollama stream", text === SAID && done, text);
  const tool = { type: "function", function: { name: "lookup", description: "Looks up", parameters: schema } };
  const calls = (await gateway.chat({ ...ask, tools: [tool] })).message.tool_calls;
  check("ollama tool", calls[0].function.name === "lookup" && calls[0].function.arguments.to === SAID, calls);
  const vectors = (await gateway.embed({ model: MODEL, input: ["a text", SAID] })).embeddings;
  check("ollama embed", JSON.stringify(vectors) === "[[0.25,-1.5],[0.25,-1.5]]", vectors);
  check("ollama list", (await gateway.list()).models.some((model) => model.model === MODEL));
  check("ollama show", (await gateway.show({ model: MODEL })).capabilities.includes("tools"));
  check("ollama pull", (await gateway.pull({ model: MODEL })).status === "success");
  const stranger = await refused(() => client("imk_wrong").list());
  check("ollama 401", stranger.status_code === 401 && stranger.error.length > 0, stranger);
  const missing = await refused(() => gateway.chat({ ...ask, model: "nobody" }));
  check("ollama 404", missing.status_code === 404, missing);
}

await withAnthropic();
await withOllama();
