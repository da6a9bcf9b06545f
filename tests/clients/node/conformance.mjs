// The official conformance suite: every scenario of one release for one revision of the protocol.
//
// usage: conformance.mjs stable|alpha REVISION URL [all]
//
// With `requirements:REVISION` it runs the scenarios of that revision's extensions too.
//
// The suite expects a server made for it: about half of its scenarios call tools, prompts and resources by fixed
// names (`test_simple_text`). conformance.json names each check that can't pass without such a fixture, or without a
// part of the protocol that this server does not advertise, and why. Every other check must pass. With `all`, for the
// server that has every fixture, nothing is listed.

import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const PACKAGE = { stable: "conformance-stable", alpha: "@modelcontextprotocol/conformance" };

const [release, revision, url, scope] = process.argv.slice(2);

const requirements = /^requirements:(.+)$/.exec(revision)?.[1];

const require = createRequire(import.meta.url);
const suite = require.resolve(`${PACKAGE[release]}/dist/index.js`);
const reasons = new Map(
  Object.entries(
    scope === "all" ? {} : JSON.parse(readFileSync(new URL("conformance.json", import.meta.url), "utf8")),
  ).flatMap(([why, checks]) => checks.map((check) => [check, why])),
);

/** What the suite prints, and the checks of each scenario; its exit code counts what we list as failures too. */
async function results() {
  const folder = mkdtempSync(join(tmpdir(), "rft-mcp-conformance-"));
  const which = requirements ? ["--requirements", requirements] : ["--suite", "all", "--spec-version", revision];
  const args = ["server", "--url", url, ...which, "-o", folder];
  const { stdout } = await promisify(execFile)(process.execPath, [suite, ...args], { maxBuffer: 1 << 26 }).catch(
    (error) => error,
  );
  const scenarios = readdirSync(folder).map((name) => ({
    scenario: name.replace(/^server-/, "").replace(/-\d{4}-\d\d-\d\dT.*$/, ""),
    checks: JSON.parse(readFileSync(join(folder, name, "checks.json"), "utf8")),
  }));
  rmSync(folder, { recursive: true });
  return { stdout, scenarios };
}

const { stdout, scenarios } = await results();
const announced = Number(/\((\d+) scenarios\)/.exec(stdout)?.[1] ?? 0);
const count = { passed: 0, listed: 0, failed: 0 };
if (announced === 0 || announced !== scenarios.length) {
  count.failed += 1;
  console.log(`FAILED ${scenarios.length} of ${announced} scenarios ran: ${stdout}`);
}
for (const { scenario, checks } of scenarios) {
  for (const { id, status, errorMessage, description } of checks) {
    const why = reasons.get(id);
    if (status === "FAILURE" && why === undefined) {
      count.failed += 1;
      console.log(`FAILED ${scenario} ${id}: ${errorMessage ?? description}`);
    } else if (status === "FAILURE") {
      count.listed += 1;
      console.log(`listed ${scenario} ${id}: ${why}`);
    } else if (status === "SUCCESS") {
      count.passed += 1;
      console.log(`ok ${scenario} ${id}${why ? ` (passes: take it out of conformance.json)` : ""}`);
    } else {
      // A warning, what is said for information only, and what the suite itself skips: none counts.
      console.log(`note ${status} ${scenario} ${id}: ${errorMessage ?? description}`);
    }
  }
}
console.log(`${release} ${revision}: ${scenarios.length} scenarios; checks: ${count.passed} passed, ` +
  `${count.listed} listed in conformance.json, ${count.failed} failed`);
process.exitCode = count.failed > 0 ? 1 : 0;
