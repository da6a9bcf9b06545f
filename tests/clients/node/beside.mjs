// The official `openai` package and this server, driven by the official MCP client, on the same simulated provider:
// what one makes, the other sees.
//
// usage: beside.mjs BASE_URL COMMAND…

import assert from "node:assert/strict";

import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import OpenAI, { NotFoundError, toFile } from "openai";

const [baseURL, command, ...args] = process.argv.slice(2);
const official = new OpenAI({ apiKey: "key-of-tests", baseURL });
const client = new Client({ name: "rft-mcp-tests", version: "1" });
await client.connect(new StdioClientTransport({ command, args, env: process.env }));

async function call(name, given) {
  const result = await client.callTool({ name, arguments: given });
  assert.ok(!result.isError, `${name}: ${JSON.stringify(result.content)}`);
  return result.structuredContent;
}

function check(what, condition, seen) {
  assert.ok(condition, `${what}: ${JSON.stringify(seen)}`);
  console.log(`ok ${what}`);
}

function lines(first) {
  const example = (n) => ({ messages: [{ role: "user", content: `${n} + 1?` }], answer: String(n + 1) });
  return Array.from({ length: 12 }, (_, n) => `${JSON.stringify(example(first + n))}\n`).join("");
}

// A file of each, for a job of the server's.
const theirs = await official.files.create({
  file: await toFile(Buffer.from(lines(0)), "train.jsonl"),
  purpose: "fine-tune",
});
const ours = await call("upload_file", { content: lines(100), filename: "valid.jsonl" });
const names = (await call("list_files", { purpose: "fine-tune" })).files.map((file) => file.filename);
check("the server sees the SDK's file", names.includes("train.jsonl"), names);
const text = await (await official.files.content(ours.file_id)).text();
check("the SDK reads the server's file", text === lines(100), text);

const grader = {
  type: "string_check",
  name: "exact",
  operation: "eq",
  input: "{{ sample.output_text }}",
  reference: "{{ item.answer }}",
};
const launch = { training_file: theirs.id, validation_file: ours.file_id, grader, metadata: { by: "server" } };
const job = await call("start_job", launch);
const seen = await official.fineTuning.jobs.retrieve(job.job_id);
check("the SDK sees the server's job", seen.metadata.by === "server" && seen.training_file === theirs.id, seen);
check("with the grader", seen.method.reinforcement.grader.name === "exact", seen.method);

const made = await official.fineTuning.jobs.create({
  model: seen.model,
  training_file: theirs.id,
  validation_file: ours.file_id,
  method: { type: "reinforcement", reinforcement: { grader } },
});
const jobs = (await call("list_jobs", {})).jobs.map((one) => one.job_id);
check("the server sees the SDK's job", jobs.includes(made.id) && jobs.includes(job.job_id), jobs);

await official.fineTuning.jobs.cancel(job.job_id);
const cancelled = await call("get_job_status", { job_id: job.job_id });
check("the server sees what the SDK cancelled", cancelled.status === "cancelled", cancelled);
await call("cancel_job", { job_id: made.id });
const ended = await official.fineTuning.jobs.retrieve(made.id);
check("and the SDK what the server cancelled", ended.status === "cancelled", ended);
await call("delete_file", { file_id: theirs.id });
await assert.rejects(official.files.retrieve(theirs.id), NotFoundError);
check("a file that the server deleted is gone", true);
await client.close();
