// The YAML language server that editors run (npm `yaml-language-server`), over its protocol, on this repository's own
// manifests: each file fits the schema it names, mistakes are shown at their line, keys and values are completed, and
// what they mean is shown. Prints a line a check; exits with 1 when one fails.
import { spawn } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const root = process.cwd();
const server = spawn(
  process.execPath,
  [join(root, "node_modules/yaml-language-server/bin/yaml-language-server"), "--stdio"],
  { stdio: ["pipe", "pipe", "inherit"] },
);
const waiting = new Map();
const shown = new Map();
let listeners = [];
let next = 1;
let failed = false;

function send(message) {
  const body = JSON.stringify({ jsonrpc: "2.0", ...message });
  server.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}

function request(method, params) {
  const id = next++;
  send({ id, method, params });
  return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
}

function receive(message) {
  if (message.method === "textDocument/publishDiagnostics") {
    const { uri, diagnostics } = message.params;
    shown.set(uri, diagnostics);
    listeners = listeners.filter((listener) => !listener(uri));
  } else if (message.method && message.id !== undefined) {
    const result = message.method === "workspace/configuration" ? message.params.items.map(settings) : null;
    send({ id: message.id, result });
  } else if (message.id !== undefined) {
    const { resolve, reject } = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.error) reject(new Error(message.error.message));
    else resolve(message.result);
  }
}

function settings({ section }) {
  const yaml = { validate: true, completion: true, hover: true, schemaStore: { enable: false } };
  return section === "yaml" ? yaml : {};
}

let buffer = Buffer.alloc(0);
server.stdout.on("data", (data) => {
  buffer = Buffer.concat([buffer, data]);
  for (;;) {
    const head = buffer.indexOf("\r\n\r\n");
    if (head < 0) return;
    const length = Number(/content-length: (\d+)/i.exec(buffer.subarray(0, head).toString())[1]);
    if (buffer.length < head + 4 + length) return;
    const body = buffer.subarray(head + 4, head + 4 + length).toString();
    buffer = buffer.subarray(head + 4 + length);
    receive(JSON.parse(body));
  }
});

function check(name, holds, detail) {
  console.log(`${holds ? "ok" : "FAILED"}: ${name}`);
  if (!holds) {
    failed = true;
    console.log(JSON.stringify(detail, null, 2));
  }
}

let version = 1;
const open = new Set();

/** Shows a text under the name of a file, and gives what the server says of it. */
async function show(path, text) {
  const uri = pathToFileURL(join(root, path)).href;
  const told = new Promise((resolve) => listeners.push((of) => of === uri && (resolve(), true)));
  if (open.has(uri)) {
    send({
      method: "textDocument/didChange",
      params: { textDocument: { uri, version: ++version }, contentChanges: [{ text }] },
    });
  } else {
    open.add(uri);
    send({
      method: "textDocument/didOpen",
      params: { textDocument: { uri, languageId: "yaml", version: ++version, text } },
    });
  }
  await told;
  return { uri, diagnostics: shown.get(uri) };
}

/** Where `|` stands in a text, and the text without it. */
function cursor(text) {
  const at = text.indexOf("|");
  const before = text.slice(0, at).split("\n");
  const position = { line: before.length - 1, character: before.at(-1).length };
  return { text: text.slice(0, at) + text.slice(at + 1), position };
}

const MODELINE = /^# yaml-language-server: \$schema=(\S+)\n/;

function files(dir) {
  const names = readdirSync(dir, { recursive: true }).filter((name) => name.endsWith(".yaml"));
  return names.sort().map((name) => join(dir, name));
}

await request("initialize", {
  processId: process.pid,
  rootUri: pathToFileURL(root).href,
  capabilities: {
    textDocument: {
      completion: { completionItem: { snippetSupport: true, documentationFormat: ["markdown"] } },
      hover: { contentFormat: ["markdown"] },
    },
    workspace: { configuration: true },
  },
});
send({ method: "initialized", params: {} });
send({
  method: "workspace/didChangeConfiguration",
  params: { settings: { yaml: settings({ section: "yaml" }) } },
});

for (const file of [...files("manifest"), ...files("examples/issues/manifest")]) {
  const text = readFileSync(file, "utf8");
  check(`${file} names its schema`, MODELINE.test(text), text.slice(0, 80));
  const { diagnostics } = await show(file, text);
  check(`${file} fits it`, diagnostics.length === 0, diagnostics);
}

const tools = MODELINE.exec(readFileSync("manifest/tools/jobs.yaml", "utf8"))[0];
const TOOL = `${tools}get_model:
  title: Look at a model
  description: Says who owns a model.
  effect: read
  sets: [core]
  input:
    type: object
    properties:
      model: { type: string }
  request:
    get: /models/{model}
  result:
    id: $response.id
  output:
    type: object
`;

/** What is offered where `|` stands. */
async function offered(path, marked) {
  const { text, position } = cursor(marked);
  const { uri } = await show(path, text);
  const list = await request("textDocument/completion", { textDocument: { uri }, position });
  return (list.items ?? list).map((item) => item.label);
}

async function completes(name, path, text, wanted) {
  const labels = await offered(path, text);
  check(`completes ${name}`, wanted.every((label) => labels.includes(label)), { wanted, labels });
}

const MORE = "manifest/tools/more.yaml";
await completes("the keys of a tool", MORE, `${TOOL}  |\n`, ["requests", "native", "allow"]);
await completes("effects", MORE, TOOL.replace("effect: read", "effect: |"), ["read", "write", "costly", "destructive"]);
await completes("the keys of a request", MORE, TOOL.replace("    get: /models/{model}\n", "    get: /models/{model}\n    |\n"), ["query", "headers"]);
await completes("the forms of a template", MORE, TOOL.replace("    id: $response.id\n", "    id:\n      |\n"), ["$call", "$each", "$first"]);
await completes("the keywords of a schema", MORE, TOOL.replace("    type: object\n    properties", "    type: object\n    |\n    properties"), ["required", "additionalProperties", "description"]);
await completes("types", MORE, TOOL.replace("model: { type: string }", "model:\n        type: |"), ["string", "integer", "array"]);
const providers = MODELINE.exec(readFileSync("manifest/providers.yaml", "utf8"))[0];
await completes("the keys of a provider", "manifest/providers.yaml", `${providers}city:\n  title: City\n  |\n`, ["base_url", "auth", "lacks"]);

async function explains(name, marked, wanted) {
  const { text, position } = cursor(marked);
  const { uri } = await show(MORE, text);
  const hover = await request("textDocument/hover", { textDocument: { uri }, position });
  const said = hover?.contents?.value ?? "";
  check(`explains ${name}`, said.includes(wanted), { wanted, said });
}

await explains("a key", TOOL.replace("effect:", "eff|ect:"), "What a call changes");
await explains("the method of a request", TOOL.replace("get:", "g|et:"), "The path of a GET");
await explains("a keyword", TOOL.replace("properties:", "prop|erties:"), "The members by name");

const wrong = await show(MORE, TOOL.replace("effect: read", "effect: reads").replace("sets:", "set:"));
const lines = wrong.diagnostics.map((diagnostic) => diagnostic.range.start.line);
check("shows an unknown effect at its line", lines.includes(4), wrong.diagnostics);
check("shows an unknown key at its line", lines.includes(5), wrong.diagnostics);

await request("shutdown", null);
send({ method: "exit" });
await new Promise((resolve) => server.on("exit", resolve));
process.exit(failed ? 1 : 0);
