// The TypeScript SDK, first line: @modelcontextprotocol/sdk.
//
// usage: sdk_v1.mjs legacy stdio COMMAND…
//        sdk_v1.mjs legacy http|sse URL

import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { SSEClientTransport } from "@modelcontextprotocol/sdk/client/sse.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { McpError } from "@modelcontextprotocol/sdk/types.js";
import { ProtocolError, reply, run } from "./checks.mjs";

const [, transport, ...target] = process.argv.slice(2);

let agreed;
const connection = {
  stdio: () => new StdioClientTransport({ command: target[0], args: target.slice(1), env: process.env }),
  http: () => new StreamableHTTPClientTransport(new URL(target[0])),
  sse: () => new SSEClientTransport(new URL(target[0])),
}[transport]();
// The client tells its transport, and nobody else, what was agreed on.
const tell = connection.setProtocolVersion?.bind(connection);
connection.setProtocolVersion = (version) => {
  agreed = version;
  tell?.(version);
};

const client = new Client({ name: "rft-mcp-tests", version: "1" });
await client.connect(connection);
await run(
  {
    version: async () => agreed,
    tools: async () => (await client.listTools()).tools,
    // Throws when the result does not fit the tool's output schema.
    call: async (name, args) => {
      try {
        return reply(await client.callTool({ name, arguments: args }));
      } catch (error) {
        throw error instanceof McpError ? new ProtocolError(error.code, error.message) : error;
      }
    },
  },
  "2025-11-25",
);
await client.close();
