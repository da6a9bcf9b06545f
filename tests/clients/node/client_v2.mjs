// The TypeScript SDK, second line: @modelcontextprotocol/client.
//
// usage: client_v2.mjs legacy|auto|2026-07-28 stdio COMMAND…
//        client_v2.mjs legacy|auto|2026-07-28 http|sse URL

import * as sdk from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { ProtocolError, reply, run } from "./checks.mjs";

const [mode, transport, ...target] = process.argv.slice(2);

const connection = {
  stdio: () => new StdioClientTransport({ command: target[0], args: target.slice(1), env: process.env }),
  http: () => new sdk.StreamableHTTPClientTransport(new URL(target[0])),
  sse: () => new sdk.SSEClientTransport(new URL(target[0])),
}[transport]();

const client = new sdk.Client(
  { name: "rft-mcp-tests", version: "1" },
  { versionNegotiation: { mode: /^\d/.test(mode) ? { pin: mode } : mode } },
);
await client.connect(connection);
await run(
  {
    version: async () => client.getNegotiatedProtocolVersion(),
    tools: async () => (await client.listTools()).tools,
    // Throws when the result does not fit the tool's output schema.
    call: async (name, args) => {
      try {
        return reply(await client.callTool({ name, arguments: args }));
      } catch (error) {
        throw error instanceof sdk.ProtocolError ? new ProtocolError(error.code, error.message) : error;
      }
    },
  },
  mode === "legacy" || transport === "sse" ? "2025-11-25" : "2026-07-28",
);
await client.close();
