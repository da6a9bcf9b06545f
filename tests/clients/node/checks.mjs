// Runs ../checks.json through a client: one line a check, exit code 1 when one fails.
// What the keys of a call mean is said in ../python/checks.py.
//
// A client gives `version()`, `tools()` and `call(tool, arguments)`, which resolves to
// `{ isError, text, structured }` or throws a `ProtocolError`.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";

const CHECKS = JSON.parse(readFileSync(new URL("../checks.json", import.meta.url), "utf8"));

/** A JSON-RPC error. */
export class ProtocolError extends Error {
  constructor(code, message) {
    super(`protocol error ${code}: ${message}`);
    this.code = code;
  }
}

/** A result of `tools/call` in the form that checks take. */
export function reply(result) {
  const text = result.content.map((block) => block.text ?? "").join("");
  return { isError: result.isError === true, text, structured: result.structuredContent };
}

/** Every check; stops at the first that fails, since later ones build on it. Sets the exit code. */
export async function run(client, version) {
  const kept = {};
  const steps = [
    [`speaks ${version}`, async () => assert.equal(await client.version(), version)],
    ["lists the tools", () => tools(client)],
    ...CHECKS.calls.map((step) => [step.check, () => call(client, step, kept)]),
  ];
  for (const [name, step] of steps) {
    try {
      await step();
      console.log(`ok ${name}`);
    } catch (error) {
      console.log(`FAILED ${name}: ${error.message}`);
      process.exitCode = 1;
      return;
    }
  }
}

async function tools(client) {
  const listed = new Map((await client.tools()).map((tool) => [tool.name, tool]));
  for (const [name, hints] of Object.entries(CHECKS.tools)) {
    const tool = listed.get(name);
    assert.ok(tool, `\`${name}\` is not among ${[...listed.keys()]}`);
    assert.ok(tool.description?.length > 10, `\`${name}\` has no description`);
    for (const schema of ["inputSchema", "outputSchema"]) {
      assert.equal(tool[schema].type, "object", `${schema} of \`${name}\` is no object`);
      assert.ok(!JSON.stringify(tool[schema]).includes("$ref"), `${schema} of \`${name}\` has a $ref`);
    }
    for (const [hint, value] of Object.entries(hints)) {
      assert.equal(tool.annotations?.[hint], value, `${hint} of \`${name}\` is ${tool.annotations?.[hint]}`);
    }
  }
}

async function call(client, step, kept) {
  const given = filled(step.arguments, kept);
  if ("protocol_error" in step) {
    const error = await client.call(step.tool, given).catch((error) => error);
    assert.ok(error instanceof ProtocolError, `no protocol error but ${error.stack ?? JSON.stringify(error)}`);
    assert.equal(error.code, step.protocol_error, error.message);
    return;
  }

  const deadline = Date.now() + 30_000;
  let reply = await client.call(step.tool, given);
  while (differences(reply.structured ?? {}, step.until ?? {}).length > 0 && Date.now() < deadline) {
    await wait(50);
    reply = await client.call(step.tool, given);
  }

  const whole = JSON.stringify(reply);
  if (step.error) {
    assert.ok(reply.isError, `no error but ${whole}`);
    assert.equal(reply.structured, undefined, `structured content on an error: ${whole}`);
    for (const text of step.error) {
      assert.ok(reply.text.includes(text), `\`${text}\` is not in: ${reply.text}`);
    }
    return;
  }
  assert.ok(!reply.isError, reply.text);
  const result = reply.structured ?? {};
  assert.deepEqual(JSON.parse(reply.text), result, `text and structured content differ: ${whole}`);
  const wrong = differences(result, filled({ ...step.until, ...step.result }, kept));
  assert.deepEqual(wrong, [], `${wrong} in ${reply.text}`);
  for (const member of Object.keys(step.type ?? {})) {
    assert.ok(Array.isArray(result[member]), `\`${member}\` is no array in ${reply.text}`);
  }
  for (const [member, length] of Object.entries(step.length ?? {})) {
    assert.equal(result[member]?.length, length, `not ${length} \`${member}\` in ${reply.text}`);
  }
  for (const [name, member] of Object.entries(step.keep ?? {})) {
    kept[name] = result[member];
  }
}

function differences(result, wanted) {
  const fits = (found, value) =>
    isDeepStrictEqual(found, value) || (Array.isArray(value) && value.includes(found));
  return Object.entries(wanted)
    .filter(([member, value]) => !fits(result[member], value))
    .map(([member, value]) => `\`${member}\` is ${JSON.stringify(result[member])}, not ${JSON.stringify(value)}`);
}

function filled(values, kept) {
  const fill = (value) => (typeof value === "string" && value.startsWith("$") ? kept[value.slice(1)] : value);
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, fill(value)]));
}
