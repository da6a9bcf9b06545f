"""The official Python SDK, `mcp`.

usage: mcp_sdk.py legacy|auto|2026-07-28 stdio COMMAND…
       mcp_sdk.py legacy|auto|2026-07-28 http|sse URL
"""

import asyncio
import os
import sys
from typing import Any

import mcp
from mcp.client.sse import sse_client

import checks


class Sdk(checks.Client):
    def __init__(self, client: mcp.Client):
        self.client = client

    async def version(self) -> str:
        return self.client.protocol_version

    async def tools(self) -> list[dict[str, Any]]:
        listed = await self.client.list_tools()
        return [tool.model_dump(mode="json", by_alias=True, exclude_none=True) for tool in listed.tools]

    async def call(self, tool: str, arguments: dict[str, Any]) -> checks.Reply:
        try:
            # Raises when the result does not fit the tool's output schema.
            result = await self.client.call_tool(tool, arguments)
        except mcp.MCPError as error:
            raise checks.ProtocolError(error.error.code, error.error.message) from error
        text = "".join(block.text for block in result.content if block.type == "text")
        return checks.Reply(bool(result.is_error), text, result.structured_content)


def server(transport: str, target: list[str]) -> Any:
    if transport == "stdio":
        return mcp.StdioServerParameters(command=target[0], args=target[1:], env=dict(os.environ))
    return sse_client(target[0]) if transport == "sse" else target[0]


async def main(mode: str, transport: str, *target: str) -> bool:
    async with mcp.Client(server(transport, list(target)), mode=mode) as client:
        return await checks.run(Sdk(client), "2025-11-25" if mode == "legacy" else "2026-07-28")


if len(sys.argv) < 4:
    sys.exit(__doc__)
sys.exit(0 if asyncio.run(main(*sys.argv[1:])) else 1)
