"""FastMCP's client.

usage: fastmcp_client.py legacy|auto|2026-07-28 stdio COMMAND…
       fastmcp_client.py legacy|auto|2026-07-28 http|sse URL
"""

import asyncio
import os
import sys
from typing import Any

import mcp
from fastmcp import Client
from fastmcp.client.transports import SSETransport, StdioTransport, StreamableHttpTransport

import checks


class FastMcp(checks.Client):
    def __init__(self, client: Client):
        self.client = client

    async def version(self) -> str:
        return self.client.protocol_version

    async def tools(self) -> list[dict[str, Any]]:
        listed = await self.client.list_tools()
        return [tool.model_dump(mode="json", by_alias=True, exclude_none=True) for tool in listed]

    async def call(self, tool: str, arguments: dict[str, Any]) -> checks.Reply:
        try:
            # Raises when the result does not fit the tool's output schema.
            result = await self.client.call_tool(tool, arguments, raise_on_error=False)
        except mcp.MCPError as error:
            raise checks.ProtocolError(error.error.code, error.error.message) from error
        text = "".join(block.text for block in result.content if block.type == "text")
        return checks.Reply(result.is_error, text, result.structured_content)


def server(transport: str, target: list[str]) -> Any:
    match transport:
        case "stdio":
            return StdioTransport(target[0], target[1:], env=dict(os.environ), keep_alive=False)
        case "sse":
            return SSETransport(target[0])
        case _:
            return StreamableHttpTransport(target[0])


async def main(mode: str, transport: str, *target: str) -> bool:
    # The old transport has only the old handshake.
    modern = mode != "legacy" and transport != "sse"
    async with Client(server(transport, list(target)), mode=mode) as client:
        return await checks.run(FastMcp(client), "2026-07-28" if modern else "2025-11-25")


if len(sys.argv) < 4:
    sys.exit(__doc__)
sys.exit(0 if asyncio.run(main(*sys.argv[1:])) else 1)
