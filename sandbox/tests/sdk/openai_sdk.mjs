// The official `openai` package, unmodified, against a sandbox.
//
// OPENAI_BASE_URL names the sandbox (http://127.0.0.1:PORT/v1), which should run some hundred times faster than life.
// Prints a line starting with `ok` for every step and exits 1 at the first that is not as it should be.

import OpenAI, { BadRequestError, NotFoundError, toFile } from "openai";

const PATIENCE = 1000 * Number(process.env.SDK_PATIENCE_SECONDS ?? 120);
const MODEL = "o4-mini-2025-04-16";
const client = new OpenAI({
  apiKey: process.env.OPENAI_API_KEY ?? "none-needed",
  baseURL: process.env.OPENAI_BASE_URL,
});
const jobs = client.fineTuning.jobs;

function check(what, condition, seen) {
  if (!condition) {
    console.log(`not ok: ${what}: ${JSON.stringify(seen)}`);
    process.exit(1);
  }
  console.log(`ok ${what}`);
}

async function refused(what, error, call, code) {
  try {
    check(what, false, await call());
  } catch (refusal) {
    check(what, refusal instanceof error && refusal.code === code && refusal.requestID, String(refusal));
  }
}

async function all(pages) {
  const items = [];
  for await (const item of pages) items.push(item);
  return items;
}

async function wait(job, what, condition) {
  const deadline = Date.now() + PATIENCE;
  let seen;
  while (Date.now() < deadline) {
    seen = await jobs.retrieve(job);
    if (await condition(seen)) {
      check(what, true);
      return seen;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  check(what, false, seen.status);
}

function lines(first, last) {
  let text = "";
  for (let n = first; n < last; n++) {
    text += `${JSON.stringify({ messages: [{ role: "user", content: `${n} + 1?` }], answer: String(n + 1) })}\n`;
  }
  return text;
}

const upload = async (name, text, more) =>
  client.files.create({ file: await toFile(Buffer.from(text), name), purpose: "fine-tune", ...more });

async function files() {
  const train = await upload("train.jsonl", lines(0, 40));
  const valid = await upload("valid.jsonl", lines(40, 50), {
    expires_after: { anchor: "created_at", seconds: 2592000 },
  });
  check("files.create", train.id.startsWith("file-") && train.bytes === lines(0, 40).length, train);
  check("files.create with expires_after", valid.expires_at === valid.created_at + 2592000, valid);
  check("files.retrieve", (await client.files.retrieve(train.id)).filename === "train.jsonl");
  check("files.content", (await (await client.files.content(train.id)).text()) === lines(0, 40));
  const names = (await all(client.files.list({ purpose: "fine-tune", limit: 1, order: "asc" }))).map((f) => f.filename);
  check("files.list pages", names.slice(-2).join() === "train.jsonl,valid.jsonl" && names.length >= 4, names);
  const spare = await upload("spare.jsonl", lines(0, 1));
  check("files.delete", (await client.files.delete(spare.id)).deleted);
  await refused("files.retrieve after delete", NotFoundError, () => client.files.retrieve(spare.id), null);
  return [train.id, valid.id];
}

const grader = {
  type: "multi",
  name: "both",
  graders: {
    exact: {
      type: "string_check",
      name: "exact",
      input: "{{ sample.output_text }}",
      reference: "{{ item.answer }}",
      operation: "eq",
    },
    close: {
      type: "text_similarity",
      name: "close",
      input: "{{ sample.output_text }}",
      reference: "{{ item.answer }}",
      evaluation_metric: "fuzzy_match",
    },
  },
  calculate_output: "min(max(0.5 * exact + 0.5 * close, 0), 1)",
};

async function graders() {
  const alpha = client.fineTuning.alpha.graders;
  check("graders.validate", (await alpha.validate({ grader })).grader);
  const result = await alpha.run({ grader, item: { answer: "42" }, model_sample: "42" });
  check("graders.run", result.reward === 1 && result.sub_rewards.close === 1, result);
  check("graders.run metadata", Object.keys(result.metadata.errors).length === 14, result.metadata);
  const wrong = { ...grader, calculate_output: "exact + nobody" };
  await refused(
    "graders.validate refuses an unknown variable",
    BadRequestError,
    () => alpha.validate({ grader: wrong }),
    "invalid_grader",
  );
}

const create = (train, valid, more) =>
  jobs.create({
    model: MODEL,
    training_file: train,
    validation_file: valid,
    method: {
      type: "reinforcement",
      reinforcement: { grader, hyperparameters: { n_epochs: 3, batch_size: 5, eval_interval: 2 } },
    },
    ...more,
  });

async function steps(job) {
  const events = await all(jobs.listEvents(job, { limit: 100 }));
  return events.filter((event) => event.type === "metrics").map((event) => event.data.step);
}

async function lifecycle(train, valid) {
  const launch = `launch-${process.hrtime.bigint()}`;
  const job = await create(train, valid, { suffix: "sdk", seed: 7, metadata: { launch } });
  check("jobs.create", job.status === "validating_files" && job.id.startsWith("ftjob-"), job);
  check("jobs.create echoes the method", job.method.reinforcement.hyperparameters.n_epochs === 3, job.method);
  const found = await all(jobs.list({ metadata: { launch } }));
  check("jobs.list by metadata", found.length === 1 && found[0].id === job.id, found);
  const bare = await create(train, valid);
  const without = (await all(jobs.list({ metadata: null }))).map((other) => other.id);
  check("jobs.list without metadata", without.includes(bare.id) && !without.includes(job.id), without);
  await wait(job.id, "the job runs", async (seen) => seen.status === "running" && (await steps(job.id)).length >= 3);
  check("jobs.pause", (await jobs.pause(job.id)).status === "pausing");
  await wait(job.id, "the job pauses", (seen) => seen.status === "paused");
  await refused("jobs.pause when paused", BadRequestError, () => jobs.pause(job.id), "invalid_job_state");
  const before = Math.max(...(await steps(job.id)));
  const newest = (await jobs.checkpoints.list(job.id)).data[0];
  check("checkpoints.list shows the snapshot", newest.step_number === before, newest);
  check("models.retrieve of a checkpoint", (await client.models.retrieve(newest.fine_tuned_model_checkpoint)).id);
  const model = newest.fine_tuned_model_checkpoint;
  const admin = client.withOptions({ adminAPIKey: "sk-admin-tests" }).fineTuning.checkpoints.permissions;
  const given = await all(admin.create(model, { project_ids: ["proj_a"] }));
  check("permissions.create", given[0].project_id === "proj_a", given);
  const gone = await admin.delete(given[0].id, { fine_tuned_model_checkpoint: model });
  check("permissions.delete", gone.deleted, gone);
  const chat = await client.chat.completions.create({ model, messages: [{ role: "user", content: "2 + 2?" }] });
  check("chat.completions.create", chat.choices[0].message.content.includes("simulated"), chat);
  const response = await client.responses.create({ model, input: "2 + 2?" });
  check("responses.create", response.output_text.includes("simulated"), response);
  check("jobs.resume", (await jobs.resume(job.id)).status === "queued");
  const done = await wait(job.id, "the job succeeds", (seen) => seen.status === "succeeded");
  const reported = await steps(job.id);
  check("every step is reported once", reported.join() === Array.from({ length: 24 }, (_, k) => 24 - k).join(), reported);
  const kinds = new Set((await all(jobs.listEvents(job.id, { limit: 7 }))).map((event) => event.type));
  check("jobs.listEvents pages", [...kinds].sort().join() === "message,metrics,moderation_checks", [...kinds]);
  const checkpoints = await all(jobs.checkpoints.list(job.id, { limit: 1 }));
  check("checkpoints.list pages", checkpoints.length === 3, checkpoints);
  const results = await (await client.files.content(done.result_files[0])).text();
  check("the result file has a row a step", results.trimEnd().split("\n").length === 25);
  const models = (await all(client.models.list())).map((model) => model.id);
  check("models.list", models.includes(done.fine_tuned_model), models);
  check("models.delete", (await client.models.delete(done.fine_tuned_model)).deleted);
  await refused(
    "models.retrieve after delete",
    NotFoundError,
    () => client.models.retrieve(done.fine_tuned_model),
    "model_not_found",
  );
}

async function endings(train, valid) {
  const job = await create(train, valid);
  check("jobs.cancel", (await jobs.cancel(job.id)).status === "cancelled");
  await refused("jobs.resume when cancelled", BadRequestError, () => jobs.resume(job.id), "invalid_job_state");
  const overlap = await create(train, train);
  const seen = await wait(overlap.id, "overlapping files fail the job", (job) => job.status === "failed");
  check("the failure names its parameter", seen.error.param === "validation_file", seen.error);
  await refused("jobs.retrieve of nothing", NotFoundError, () => jobs.retrieve("ftjob-nothing"), "fine_tune_not_found");
  const raw = await jobs.retrieve(job.id).asResponse();
  check("every reply says that it is simulated", raw.headers.get("x-simulated") === "true");
}

async function uploads() {
  const content = Buffer.from(lines(500, 540));
  const upload = await client.uploads.create({
    bytes: content.length,
    filename: "big.jsonl",
    mime_type: "text/jsonl",
    purpose: "fine-tune",
  });
  const ids = [];
  for (const half of [content.subarray(0, 100), content.subarray(100)]) {
    const data = await toFile(half, "part");
    ids.push((await client.uploads.parts.create(upload.id, { data })).id);
  }
  const done = await client.uploads.complete(upload.id, { part_ids: ids });
  check("uploads.complete", done.file.bytes === content.length, done);
  const text = await (await client.files.content(done.file.id)).text();
  check("its file", text === content.toString());
}

const [training, validation] = await files();
await uploads();
await graders();
await lifecycle(training, validation);
await endings(training, validation);
console.log("ok all");
