// Webhooks as their receivers and senders have them: what the server sends is verified by `standardwebhooks` and by
// `openai`, and what it takes is signed by `standardwebhooks`. The receiver is down at first, and the server killed before
// it is told again.
//
// usage: webhooks.mjs BASE_URL DATA_DIR COMMAND

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createServer } from "node:http";
import { createInterface } from "node:readline";

import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import OpenAI from "openai";
import { Webhook } from "standardwebhooks";

const [baseURL, directory, command] = process.argv.slice(2);
const secret = `whsec_${Buffer.from("a key of tests with 32 bytes, ok").toString("base64")}`;
const theirs = `whsec_${Buffer.from("another key of tests, 32 bytes..").toString("base64")}`;
const openai = new OpenAI({ apiKey: "key-of-tests", baseURL });

function check(what, condition, seen) {
  assert.ok(condition, `${what}: ${JSON.stringify(seen)}`);
  console.log(`ok ${what}`);
}

async function until(what, wanted) {
  for (let tries = 0; tries < 1200; tries += 1) {
    const seen = await wanted();
    if (seen) return seen;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.fail(`never: ${what}`);
}

// Attempts by the letter's id: each is verified, and the first one is turned away.
const attempts = new Map();
const taken = [];
let redirected = 0;
const receiver = createServer((request, response) => {
  let body = "";
  request.on("data", (chunk) => (body += chunk));
  request.on("end", async () => {
    if (request.url === "/elsewhere") redirected += 1;
    const { headers } = request;
    const event = new Webhook(secret).verify(body, headers);
    assert.deepEqual(await openai.webhooks.unwrap(body, headers, secret), event);
    assert.throws(() => new Webhook(secret).verify(`${body} `, headers));
    assert.throws(() => new Webhook(theirs).verify(body, headers));
    assert.equal(headers["content-type"], "application/json");
    const id = headers["webhook-id"];
    const before = attempts.get(id) ?? [];
    attempts.set(id, [...before, body]);
    if (before.length === 0) {
      // Not followed: it is no answer that takes the letter.
      response.writeHead(307, { location: "/elsewhere" }).end();
    } else {
      taken.push({ id, event });
      response.writeHead(204).end();
    }
  });
});
await new Promise((resolve) => receiver.listen(0, "127.0.0.1", resolve));
const hook = `http://127.0.0.1:${receiver.address().port}/told-to-nobody`;

let said = "";
async function serve() {
  const given = ["serve", "--transport", "http", "--port", "0", "--provider", "sandbox", "--base-url", baseURL];
  const sets = ["--sets", "core,jobs,watches", "--data-dir", directory, "--webhook-url", hook];
  const env = { ...process.env, RFT_MCP_WEBHOOK_SECRET: secret, OPENAI_WEBHOOK_SECRET: theirs, RUST_LOG: "debug" };
  const child = spawn(command, [...given, ...sets], { env, stdio: ["ignore", "ignore", "pipe"] });
  const lines = createInterface({ input: child.stderr });
  const url = await new Promise((resolve, reject) => {
    child.on("exit", (code) => reject(new Error(`the server ended with ${code}: ${said}`)));
    lines.on("line", (line) => {
      said += `${line}\n`;
      const found = line.match(/listening on (http:\S+)/);
      if (found) resolve(found[1]);
    });
  });
  const client = new Client({ name: "rft-mcp-tests", version: "1" });
  await client.connect(new StreamableHTTPClientTransport(new URL(url)));
  const call = async (name, given) => {
    const result = await client.callTool({ name, arguments: given });
    assert.ok(!result.isError, `${name}: ${JSON.stringify(result.content)}`);
    return result.structuredContent;
  };
  return { child, call, url };
}

const grader = {
  type: "string_check", name: "right", input: "{{sample.output_text}}", reference: "{{item.answer}}", operation: "eq",
};
const launch = (advanced) => ({
  training_file: "file-sandbox-train", validation_file: "file-sandbox-valid", grader,
  hyperparameters: { n_epochs: 50, batch_size: 1, eval_interval: 1 }, advanced,
});

// Out: decided, told to nobody, killed, told by the next server.
const first = await serve();
const started = await first.call("start_job", launch({ max_steps: 1, poll_interval: 5 }));
await until("a decision is told", () => attempts.size > 0);
first.child.removeAllListeners("exit");
first.child.kill("SIGKILL");
const server = await serve();
const decided = await until("the decision is taken", () => taken[0]);
check("what is decided is told with its signature", decided.event.type === "watch.decided", decided);
check("it names the watch and the job", decided.event.data.watch_id === started.watch_id
  && decided.event.data.job_id === started.job_id, decided);
check("it says what became of it", decided.event.data.decision.outcome === "done", decided);
await server.call("stop_watch", { watch_id: started.watch_id });
const ended = await until("the end is taken", () => taken[1]);
check("the end of a watch is told", ended.event.type === "watch.ended", ended);
check("each was told again as it was", [...attempts.values()].every(([one, other]) => one === other), [...attempts]);
check("each was taken once", taken.length === 2 && attempts.size === 2, taken);
check("no redirect was followed", redirected === 0, redirected);

// In: a watch that would look in a day looks when it is told.
const job = await server.call("start_job", launch({ max_steps: 1000000, poll_interval: 86400 }));
const watch = () => server.call("get_watch", { watch_id: job.watch_id });
await until("it has looked once", async () => (await watch()).looked_at);
await server.call("cancel_job", { job_id: job.job_id });
const event = (type, id) => JSON.stringify({ object: "event", id: "evt_1", type, created_at: 1, data: { id } });
const address = new URL("/webhooks/openai", server.url);
async function send(body, { id = "wh_1", at = new Date(), key = theirs, method = "POST", without } = {}) {
  const headers = {
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
    "webhook-signature": new Webhook(key).sign(id, at, body),
    "content-type": "application/json",
  };
  if (without) delete headers[without];
  const response = await fetch(address, { method, headers, body: method === "POST" ? body : undefined });
  return { status: response.status, text: await response.text() };
}
const cancelled = event("fine_tuning.job.cancelled", job.job_id);
const late = (seconds) => new Date(Date.now() + seconds * 1000);
for (const [what, options, status] of [
  ["another secret", { key: secret }, 401],
  ["an old timestamp", { at: late(-400) }, 401],
  ["one of tomorrow", { at: late(400) }, 401],
  ["no signature", { without: "webhook-signature" }, 401],
  ["no id", { without: "webhook-id" }, 401],
  ["no timestamp", { without: "webhook-timestamp" }, 401],
  ["a GET", { method: "GET" }, 405],
]) {
  const answer = await send(cancelled, options);
  check(`${what} is refused without a word`, answer.status === status && answer.text === "", answer);
}
const large = await send(`${" ".repeat(70000)}${cancelled}`);
check("one that is too large is refused", large.status === 413 && large.text === "", large);
check("what is not of a job is taken for nothing", (await send(event("batch.completed", job.job_id), { id: "wh_2" })).status === 204);
check("so is what is no event", (await send("[]", { id: "wh_3" })).status === 204);
check("so is a job that nobody watches", (await send(event("fine_tuning.job.failed", "ftjob-no"), { id: "wh_4" })).status === 204);
check("nothing woke it", (await watch()).state === "watching", await watch());
// It says that the job failed, which is not so: what the provider answers is what counts.
const told = await send(event("fine_tuning.job.failed", job.job_id));
check("an event of its job is taken", told.status === 204 && told.text === "", told);
const woken = await until("it has looked again", async () => {
  const seen = await watch();
  return seen.state === "ended" && seen;
});
check("what it ended by was read, and not taken from the event", woken.reason.includes("cancelled"), woken);
check("the same again is taken, and does nothing", (await send(event("fine_tuning.job.failed", job.job_id))).status === 204);

for (const hidden of [secret, theirs, secret.slice(6), "told-to-nobody"]) {
  check("no log has a secret, nor the address", !said.includes(hidden), said);
}
server.child.removeAllListeners("exit");
server.child.kill();
receiver.close();
receiver.closeAllConnections();
process.exit(0);
