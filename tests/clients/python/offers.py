"""Prompts, resources, completions and progress, as the official Python SDK sees them.

usage: offers.py legacy|2026-07-28 stdio COMMAND…
       offers.py legacy|2026-07-28 http URL

The server must have every set, in front of a sandbox that runs in real time.
"""

import asyncio
import json
import os
import sys
from typing import Any

import mcp
from mcp.types import PromptReference, ResourceTemplateReference

GRADER = {
    "type": "string_check",
    "name": "exact",
    "operation": "eq",
    "input": "{{ sample.output_text }}",
    "reference": "{{ item.word }}",
}


def check(what: str, condition: Any, seen: Any = None) -> None:
    if not condition:
        raise AssertionError(f"{what}: {seen!r}")
    print(f"ok {what}", flush=True)


async def prompts(client: mcp.Client) -> None:
    listed = {prompt.name: prompt for prompt in (await client.list_prompts()).prompts}
    check("four prompts are listed", set(listed) == {"design_grader", "launch_job", "diagnose_run", "choose_checkpoint"}, listed)
    required = {one.name for one in listed["launch_job"].arguments or [] if one.required}
    check("a launch needs data", required == {"training_file", "validation_file"}, required)
    given = {"training_file": "file-a", "validation_file": "valid.jsonl", "budget_usd": "200"}
    said = await client.get_prompt("launch_job", given)
    text = "\n".join(message.content.text for message in said.messages)
    check("arguments are put in", "file-a" in text and "valid.jsonl" in text and "My budget is $200" in text, text)
    order = [text.index(name) for name in ("validate_dataset", "upload_file", "calibrate_grader", "preflight", "start_job")]
    check("the tools are named in order", order == sorted(order), text)
    try:
        await client.get_prompt("launch_job", {"training_file": "file-a"})
    except mcp.MCPError as error:
        check("a missing argument is named", "`validation_file` is missing" in error.error.message, error)
    else:
        raise AssertionError("a launch without validation data was described")


async def resources(client: mcp.Client, job: str) -> None:
    listed = {one.uri: one for one in (await client.list_resources()).resources}
    for name in ("graders", "launching", "curve", "checkpoints", "money"):
        uri = f"rft://guide/{name}"
        page = (await client.read_resource(uri)).contents[0]
        check(f"{uri} is a page", listed[uri].mime_type == page.mime_type == "text/markdown" and page.text.startswith("# "))
    templates = {one.uri_template for one in (await client.list_resource_templates()).resource_templates}
    expected = {"rft://jobs/{id}", "rft://jobs/{id}/curve", "rft://watches/{id}"}
    check("jobs and watches are templates", templates == expected, templates)
    jobs = json.loads((await client.read_resource("rft://jobs")).contents[0].text)
    check("the job is among them", jobs["jobs"][0]["job_id"] == job, jobs)
    one = json.loads((await client.read_resource(f"rft://jobs/{job}")).contents[0].text)
    check("a job is read", one["job_id"] == job and "status" in one, one)
    curve = json.loads((await client.read_resource(f"rft://jobs/{job}/curve")).contents[0].text)
    check("its curve is read", "verdict" in curve["judgement"], curve)


async def completions(client: mcp.Client, job: str) -> None:
    async def complete(ref: Any, name: str, value: str) -> list[str]:
        return (await client.complete(ref, {"name": name, "value": value})).completion.values

    diagnose = PromptReference(type="ref/prompt", name="diagnose_run")
    launch = PromptReference(type="ref/prompt", name="launch_job")
    curve = ResourceTemplateReference(type="ref/resource", uri="rft://jobs/{id}/curve")
    for ref, name in ((diagnose, "job_id"), (curve, "id")):
        found = await complete(ref, name, job[:8])
        check(f"a job's id is completed for {name}", found == [job], found)
        check("and by what was typed only", await complete(ref, name, "ftjob-nothing") == [])
    found = await complete(launch, "training_file", "file-sandbox-t")
    check("a file's id is completed", found == ["file-sandbox-train"], found)
    found = await complete(launch, "base_model", "o4")
    check("a model is completed", "o4-mini-2025-04-16" in found, found)


async def progress(client: mcp.Client, job: str) -> None:
    told: list[tuple[float, float | None, str | None]] = []

    async def hear(done: float, total: float | None, message: str | None) -> None:
        told.append((done, total, message))

    arguments = {"job_id": job, "max_seconds": 3, "poll_seconds": 1, "status": ["paused"]}
    result = await client.call_tool("wait_for_job", arguments, progress_callback=hear)
    seen = result.structured_content or {}
    check("the wait ends by its time", seen["reached"] == "time", seen)
    check("progress is told meanwhile", len(told) >= 3, told)
    check("it grows", all(one[0] < other[0] for one, other in zip(told, told[1:])), told)
    check("it has a total and says the status", all(one[1] == 3 and one[2].startswith(seen["status"]) for one in told), told)


async def main(mode: str, transport: str, *target: str) -> None:
    server: Any = target[0]
    if transport == "stdio":
        server = mcp.StdioServerParameters(command=target[0], args=list(target[1:]), env=dict(os.environ))
    async with mcp.Client(server, mode=mode) as client:
        started = await client.call_tool(
            "start_job",
            {"training_file": "file-sandbox-train", "validation_file": "file-sandbox-valid", "grader": GRADER},
        )
        check("a job starts", not started.is_error, started)
        job = (started.structured_content or {})["job_id"]
        await prompts(client)
        await resources(client, job)
        await completions(client, job)
        await progress(client, job)
    print("ok all")


if len(sys.argv) < 4:
    sys.exit(__doc__)
asyncio.run(main(*sys.argv[1:]))
