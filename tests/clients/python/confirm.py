"""Whether a person is asked before money is spent, with the official Python SDK.

usage: confirm.py legacy|2026-07-28 LOG stdio COMMAND…
       confirm.py legacy|2026-07-28 LOG http|sse URL

The server asks always, lets two jobs run at once, and writes its audit log to LOG; it is in front of a sandbox that runs
in real time.
"""

import asyncio
import json
import os
import sys
from typing import Any

import mcp
from mcp.client.sse import sse_client
from mcp.types import ElicitResult, Implementation

LAUNCH = {
    "training_file": "file-sandbox-train",
    "validation_file": "file-sandbox-valid",
    "grader": {
        "type": "string_check",
        "name": "exact",
        "operation": "eq",
        "input": "{{ sample.output_text }}",
        "reference": "no-secret-of-the-grader",
    },
}


def check(what: str, condition: Any, seen: Any = None) -> None:
    if not condition:
        raise AssertionError(f"{what}: {seen!r}")
    print(f"ok {what}", flush=True)


class Person:
    """Answers as told, and keeps what was asked."""

    def __init__(self) -> None:
        self.action = "decline"
        self.asked: list[str] = []

    async def __call__(self, _context: Any, params: Any) -> ElicitResult:
        self.asked.append(params.message)
        return ElicitResult(action=self.action, content={} if self.action == "accept" else None)


class Server:
    def __init__(self, mode: str, transport: str, target: list[str]):
        self.mode, self.transport, self.target = mode, transport, target

    def client(self, person: Person | None) -> mcp.Client:
        server: Any = self.target[0]
        if self.transport == "stdio":
            server = mcp.StdioServerParameters(command=self.target[0], args=self.target[1:], env=dict(os.environ))
        elif self.transport == "sse":
            server = sse_client(self.target[0])
        who = Implementation(name="confirm.py", version="7")
        return mcp.Client(server, mode=self.mode, elicitation_callback=person, client_info=who)


async def call(client: mcp.Client, tool: str, arguments: dict[str, Any]) -> tuple[str, dict[str, Any] | None]:
    result = await client.call_tool(tool, arguments)
    text = "".join(block.text for block in result.content if block.type == "text")
    return text, None if result.is_error else result.structured_content


async def jobs(client: mcp.Client) -> list[dict[str, Any]]:
    _, listed = await call(client, "list_jobs", {})
    return listed["jobs"] if listed else []


async def asked(server: Server) -> list[str]:
    """A client that can ask. Gives the ids of what it started."""
    person, started = Person(), []
    async with server.client(person) as client:
        for action, said in [("decline", "declined `start_job`"), ("cancel", "closed the question")]:
            person.action = action
            text, result = await call(client, "start_job", LAUNCH)
            check(f"{action} starts nothing", result is None and said in text and await jobs(client) == [], text)
        question = person.asked[-1]
        for part in ("file-sandbox-train", "Provider: OpenAI.", "Estimated cost: $", "Limit `running_jobs`, 2 jobs at once: 0"):
            check(f"the question has `{part}`", part in question, question)
        person.action = "accept"
        for _ in range(2):
            text, result = await call(client, "start_job", LAUNCH)
            check("accept starts a job", result and result["job_id"].startswith("ftjob-"), text)
            started.append(result["job_id"])
        check("each was asked once", len(person.asked) == 4, person.asked)
        text, result = await call(client, "start_job", LAUNCH)
        check("a limit holds whatever the person says", result is None and "Limit `running_jobs`, 2 jobs at once: 2 are used" in text, text)
        check("and they are not asked about it", len(person.asked) == 4, person.asked)
        text, result = await call(client, "cancel_job", {"job_id": started[0]})
        check("an end is asked about", result and person.asked[-1].startswith(f"Cancel {started[0]} for good?"), text)
    return started


async def silent(server: Server) -> str:
    """A client that can not ask."""
    async with server.client(None) as client:
        text, result = await call(client, "start_job", LAUNCH)
        check("nobody is asked, nothing starts", result is None and "call again with the same arguments and `confirm: true`" in text, text)
        check("the estimate is told", "Estimated cost: $" in text, text)
        text, result = await call(client, "start_job", {**LAUNCH, "confirm": True})
        check("the person's word starts it", result and result["job_id"], text)
        return result["job_id"]


def logged(path: str, started: list[str], nameless: bool) -> None:
    with open(path, encoding="utf-8") as file:
        text = file.read()
    lines = [json.loads(line) for line in text.splitlines()]
    ends = [line for line in lines if line["event"] == "end"]
    check("each call has a line before and one after", len(ends) * 2 == len(lines), text)
    named = [line for line in lines if line.get("client") == "confirm.py" and line["client_version"] == "7"]
    # Over HTTP a client before 2026-07-28 says its name once, and without a session nobody remembers it.
    unnamed = 4 if nameless else 0
    check("the client is named", len(named) == len(lines) - unnamed, lines)
    launched = [line["ids"]["job_id"] for line in ends if line["tool"] == "start_job" and line["outcome"] == "ok"]
    check("what was started is there", launched == started, launched)
    whys = {line.get("why") for line in ends if line["outcome"] == "refused"}
    check("so is why the others were not", {"declined", "limit", "not confirmed"} <= whys, whys)
    check("neither keys nor graders are", os.environ["OPENAI_API_KEY"] not in text and "no-secret-of-the-grader" not in text)


async def main(mode: str, log: str, transport: str, *target: str) -> None:
    server = Server(mode, transport, list(target))
    started = await asked(server)
    started.append(await silent(server))
    logged(log, started, nameless=(mode, transport) == ("legacy", "http"))


if len(sys.argv) < 5:
    sys.exit(__doc__)
asyncio.run(main(*sys.argv[1:]))
