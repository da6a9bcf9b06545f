// The Inspector's command line: each call is a process of its own.
//
// usage: inspector.mjs legacy|auto|modern stdio COMMAND…
//        inspector.mjs legacy|auto|modern http|sse URL

import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { ProtocolError, reply, run } from "./checks.mjs";

const [era, transport, ...target] = process.argv.slice(2);

const require = createRequire(import.meta.url);
const INSPECTOR = require.resolve("@modelcontextprotocol/inspector/package.json").replace(
  /package\.json$/,
  "clients/launcher/build/index.js",
);
// A server that it starts gets no key unless told.
const SERVER =
  transport === "stdio"
    ? ["-e", `OPENAI_API_KEY=${process.env.OPENAI_API_KEY}`, "--", ...target]
    : ["--transport", transport, "--server-url", target[0]];

/** What a method answers, or its error; `code` is the Inspector's exit code. */
function inspect(method, ...options) {
  const args = ["--cli", "--format", "json", "--quiet", "--protocol-era", era, "--method", method, ...options];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [INSPECTOR, ...args, ...SERVER], (error, stdout, stderr) => {
      const code = error?.code ?? 0;
      try {
        resolve({ code, result: stdout && JSON.parse(stdout).result, error: stderr && JSON.parse(stderr).error });
      } catch {
        reject(new Error(`exit code ${code}: ${stdout}${stderr}`));
      }
    });
  });
}

/** What a method answers; throws unless the Inspector is content. */
async function inspected(method, ...options) {
  const { code, result, error } = await inspect(method, ...options);
  if (code !== 0) {
    throw new Error(`exit code ${code}: ${JSON.stringify(error)}`);
  }
  return result;
}

await run(
  {
    version: async () => (await inspected("initialize")).protocolVersion,
    // Strict: a schema that some client can not take is an error.
    tools: async () => (await inspected("tools/list", "--strict")).tools,
    call: async (name, args) => {
      const options = ["--tool-name", name, "--tool-args-json", JSON.stringify(args)];
      const { code, result, error } = await inspect("tools/call", ...options);
      if (error?.code === "tool_not_found") {
        throw new ProtocolError(-32602, error.message); // it knows from tools/list and does not ask
      }
      if (!result) {
        throw new Error(`exit code ${code}: ${JSON.stringify(error)}`);
      }
      return reply(result);
    },
  },
  era === "legacy" || transport === "sse" ? "2025-11-25" : "2026-07-28",
);
