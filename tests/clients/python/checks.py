"""Runs ../checks.json through a client: one line a check, exit code 1 when one fails.

A call must give what its other keys say:
  result          these members, each equal to the value or to one of a list; `$name` is what was kept
  type, length    these members are arrays, or arrays of this length
  until           called again until these members are so, for at most 30 seconds
  keep            these members are kept under a name for later calls
  error           a tool error: its text holds each of these, and there is no structured content
  protocol_error  no result but a JSON-RPC error with this code
"""

import asyncio
import json
import pathlib
import time
from dataclasses import dataclass
from typing import Any

CHECKS = json.loads((pathlib.Path(__file__).parent.parent / "checks.json").read_text("utf-8"))


@dataclass
class Reply:
    """A tool's result."""

    is_error: bool
    text: str
    structured: dict[str, Any] | None


class ProtocolError(Exception):
    """A JSON-RPC error, or None for a client that does not show its code."""

    def __init__(self, code: int | None, message: str):
        super().__init__(f"protocol error {code}: {message}")
        self.code = code


class Client:
    """What a client's script gives: its own calls in one form."""

    async def version(self) -> str:
        """The protocol revision agreed on."""
        raise NotImplementedError

    async def tools(self) -> list[dict[str, Any]]:
        """The tools as the protocol's JSON."""
        raise NotImplementedError

    async def call(self, tool: str, arguments: dict[str, Any]) -> Reply:
        """Raises ProtocolError."""
        raise NotImplementedError


def expect(holds: bool, what: str) -> None:
    if not holds:
        raise AssertionError(what)


async def run(client: Client, version: str) -> bool:
    """Whether every check passed; stops at the first that fails, since later ones build on it."""

    async def agreed() -> None:
        found = await client.version()
        expect(found == version, f"agreed on {found}, not {version}")

    kept: dict[str, Any] = {}
    steps = {step["check"]: lambda step=step: call(client, step, kept) for step in CHECKS["calls"]}
    for name, step in {f"speaks {version}": agreed, "lists the tools": lambda: tools(client), **steps}.items():
        try:
            await step()
        except Exception as error:
            print(f"FAILED {name}: {type(error).__name__}: {error}", flush=True)
            return False
        print(f"ok {name}", flush=True)
    return True


async def tools(client: Client) -> None:
    listed = {tool["name"]: tool for tool in await client.tools()}
    for name, hints in CHECKS["tools"].items():
        expect(name in listed, f"`{name}` is not among {', '.join(listed)}")
        tool = listed[name]
        expect(len(tool.get("description") or "") > 10, f"`{name}` has no description")
        for schema in "inputSchema", "outputSchema":
            expect(tool[schema]["type"] == "object", f"{schema} of `{name}` is no object")
            expect("$ref" not in json.dumps(tool[schema]), f"{schema} of `{name}` has a $ref")
        for hint, value in hints.items():
            found = (tool.get("annotations") or {}).get(hint)
            expect(found == value, f"{hint} of `{name}` is {found}")


async def call(client: Client, step: dict[str, Any], kept: dict[str, Any]) -> None:
    arguments = filled(step["arguments"], kept)
    if "protocol_error" in step:
        try:
            reply = await client.call(step["tool"], arguments)
        except ProtocolError as error:
            expect(error.code in (None, step["protocol_error"]), str(error))
            return
        raise AssertionError(f"no error but {reply}")

    deadline = time.monotonic() + 30
    reply = await client.call(step["tool"], arguments)
    while differences(reply.structured or {}, step.get("until", {})) and time.monotonic() < deadline:
        await asyncio.sleep(0.05)
        reply = await client.call(step["tool"], arguments)

    if "error" in step:
        expect(reply.is_error, f"no error but {reply}")
        expect(reply.structured is None, f"structured content on an error: {reply}")
        for text in step["error"]:
            expect(text in reply.text, f"`{text}` is not in: {reply.text}")
        return
    expect(not reply.is_error, reply.text)
    result = reply.structured or {}
    expect(json.loads(reply.text) == result, f"text and structured content differ: {reply}")
    wrong = differences(result, filled(step.get("until", {}) | step.get("result", {}), kept))
    expect(not wrong, f"{', '.join(wrong)} in {reply.text}")
    for member in step.get("type", {}):
        expect(isinstance(result.get(member), list), f"`{member}` is no array in {reply.text}")
    for member, length in step.get("length", {}).items():
        expect(len(result.get(member, [])) == length, f"not {length} `{member}` in {reply.text}")
    for name, member in step.get("keep", {}).items():
        kept[name] = result[member]


def differences(result: dict[str, Any], wanted: dict[str, Any]) -> list[str]:
    """The members that are not as wanted."""
    return [
        f"`{member}` is {result.get(member)!r}, not {value!r}"
        for member, value in wanted.items()
        if result.get(member) != value and not (isinstance(value, list) and result.get(member) in value)
    ]


def filled(values: dict[str, Any], kept: dict[str, Any]) -> dict[str, Any]:
    """With each `$name` replaced by what was kept under it."""
    return {
        key: kept[value[1:]] if isinstance(value, str) and value.startswith("$") else value
        for key, value in values.items()
    }
