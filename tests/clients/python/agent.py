"""A scripted agent on the official Python SDK: from two JSONL files to a compared pair of checkpoints, knowing of the
server only what tools/list says. The provider's official SDK looks at the same state beside it.

usage: agent.py PROVIDER BASE_URL COMMAND…
"""

import asyncio
import json
import os
import pathlib
import sys
import tempfile
import urllib.request
from typing import Any

import mcp
import openai

PATIENCE = 50


def check(what: str, condition: Any, seen: Any = None) -> None:
    if not condition:
        raise AssertionError(f"{what}: {seen!r}")
    print(f"ok {what}", flush=True)


def lines(first: int, number: int) -> str:
    examples = [
        {"messages": [{"role": "user", "content": f"{n} + {n}?"}], "answer": str(2 * n)}
        for n in range(first, first + number)
    ]
    return "".join(json.dumps(example) + "\n" for example in examples)


class Agent:
    def __init__(self, client: mcp.Client):
        self.client = client
        self.tools: dict[str, Any] = {}

    async def learn(self) -> None:
        listed = await self.client.list_tools()
        self.tools = {tool.name: tool for tool in listed.tools}

    async def call(self, tool: str, **arguments: Any) -> dict[str, Any]:
        # Raises when the result does not fit the tool's output schema.
        result = await self.client.call_tool(tool, arguments)
        text = "".join(block.text for block in result.content if block.type == "text")
        if result.is_error:
            raise AssertionError(f"{tool}: {text}")
        return result.structured_content or {}

    async def refused(self, tool: str, **arguments: Any) -> str:
        result = await self.client.call_tool(tool, arguments)
        check(f"{tool} refuses", result.is_error, result)
        return "".join(block.text for block in result.content if block.type == "text")

    def graders(self) -> list[str]:
        """The types of graders that this server says it takes."""
        schema = self.tools["start_job"].input_schema["properties"]["grader"]
        return [branch["properties"]["type"]["const"] for branch in schema["anyOf"]]

    def grader(self) -> dict[str, Any]:
        if "string_check" in self.graders():
            return {
                "type": "string_check",
                "name": "exact",
                "operation": "eq",
                "input": "{{ sample.output_text }}",
                "reference": "{{ item.answer }}",
            }
        return {"type": "lambda", "lambda": {"function": "arn:aws:lambda:us-west-2:123456789012:function:score"}}


def sdk(provider: str, base_url: str) -> openai.OpenAI:
    """The provider's own SDK, as its documentation says to set it up."""
    if provider == "azure-legacy":
        query = {"api-version": "2025-04-01-preview"}
        return openai.OpenAI(api_key="key-of-tests", base_url=base_url, default_query=query)
    return openai.OpenAI(api_key="key-of-tests", base_url=base_url)


def deploy(base_url: str, name: str, model: str) -> str:
    """What an administrator of Azure does before a model answers; the sandbox has a route of its own for it."""
    origin = base_url.split("/openai")[0]
    body = json.dumps({"name": name, "model": model}).encode()
    request = urllib.request.Request(f"{origin}/sandbox/deployments", data=body, method="POST")
    with urllib.request.urlopen(request) as reply:
        check(f"{name} is deployed", reply.status == 201)
    return name


async def prepare(agent: Agent, folder: pathlib.Path) -> tuple[list[str], dict[str, Any]]:
    """Two files and a grader, checked before they cost anything; the ids of the files, and the grader."""
    grader = agent.grader()
    for name, first, number in (("train.jsonl", 0, 120), ("valid.jsonl", 1_000, 12)):
        (folder / name).write_text(lines(first, number), "utf-8")
    paths = {"training_path": "train.jsonl", "validation_path": "valid.jsonl"}
    data = await agent.call("validate_dataset", **paths, grader=grader)
    check("the data is right", data["valid"] and data["training"]["examples"] == 120, data)
    lint = await agent.call("lint_grader", grader=grader, training_path="train.jsonl")
    check("the grader is right", lint["valid"], lint)
    if "run_grader" in agent.tools:
        run = await agent.call("run_grader", grader=grader, model_sample="4", example={"answer": "4"})
        check("the grader scores a right answer", run["reward"] == 1, run)
    if "validate_grader" in agent.tools:
        check("the provider takes it", (await agent.call("validate_grader", grader=grader))["valid"])
    files = []
    for name in ("train.jsonl", "valid.jsonl"):
        file = await agent.call("upload_file", path=name)
        check(f"{name} is uploaded", file["bytes"] == (folder / name).stat().st_size, file)
        files.append(file["file_id"])
    ready = await agent.call("preflight", training_file=files[0], validation_file=files[1], grader=grader)
    failed = [one["check"] for one in ready["checks"] if one["outcome"] == "fail"]
    check("nothing speaks against a launch", ready["ready"] and not failed, ready)
    return files, grader


async def run(agent: Agent, official: openai.OpenAI, files: list[str], grader: dict[str, Any], **settings: Any) -> str:
    """A job from its launch to its end; its id."""
    launch = {
        "training_file": files[0],
        "validation_file": files[1],
        "grader": grader,
        "hyperparameters": {"batch_size": 12, "eval_interval": 2, **settings},
        "metadata": {"by": "agent"},
    }
    # This client can not be asked, so nothing is spent until the call says that the person agreed.
    question = await agent.refused("start_job", **launch)
    check("the person is to be asked", "call again with the same arguments and `confirm: true`" in question, question)
    check("what it costs is said, or that nobody knows", "Estimated" in question, question)
    confirm = agent.tools["start_job"].input_schema["properties"].get("confirm")
    check("the tool says how", confirm and confirm["type"] == "boolean", confirm)
    job = await agent.call("start_job", **launch, confirm=True)
    seen = official.fine_tuning.jobs.retrieve(job["job_id"])
    check("the official SDK sees the job", seen.metadata == {"by": "agent", "launch_token": job["launch_token"]}, seen)
    waited = {"reached": "time"}
    while waited["reached"] == "time":
        waited = await agent.call("wait_for_job", job_id=job["job_id"], max_seconds=PATIENCE, poll_seconds=1)
    check("the job succeeds", waited["status"] == "succeeded", waited)
    return job["job_id"]


async def work(agent: Agent, provider: str, base_url: str, folder: pathlib.Path) -> None:
    await agent.learn()
    check("no tool tries graders on Bedrock", ("run_grader" in agent.tools) == (provider != "bedrock"), agent.tools.keys())
    files, grader = await prepare(agent, folder)
    official = sdk(provider, base_url)
    check("the official SDK sees the file", official.files.retrieve(files[0]).filename == "train.jsonl")
    jobs = [await run(agent, official, files, grader, n_epochs=epochs) for epochs in (2, 3)]

    drawn = await agent.client.call_tool("get_reward_curve", {"job_id": jobs[0], "picture": True})
    pictures = [block for block in drawn.content if block.type == "image"]
    check("the curve is an image", [one.mime_type for one in pictures] == ["image/svg+xml"], drawn)
    compared = await agent.call("compare_jobs", job_ids=jobs)
    differs = compared["differences"]
    check("the jobs are compared", compared["best"] in jobs and [2, 3] in differs.values(), compared)
    ranked = await agent.call("rank_checkpoints", job_id=compared["best"])
    kept = ranked["checkpoints"]
    pair = [one["model"] for one in kept[:2]]
    rewards = [one["valid_reward"] for one in kept]
    check("a pair of checkpoints is compared", len(pair) == 2 and rewards == sorted(rewards, reverse=True), ranked)
    check("one is recommended, and why", ranked["recommended"] in pair and ranked["reason"], ranked)
    theirs = official.fine_tuning.jobs.checkpoints.list(compared["best"]).data
    names = {one.fine_tuned_model_checkpoint for one in theirs}
    check("the official SDK sees the same", names == {one["model"] for one in kept}, theirs)
    if "sample_model" in agent.tools:
        for number, model in enumerate(pair):
            name = deploy(base_url, f"pair-{number}", model) if provider == "azure" else model
            for api in ("chat", "responses"):
                ask = {"api": api, "model": name, "messages": [{"role": "user", "content": "2 + 2?"}]}
                answer = await agent.call("sample_model", **ask)
                check(f"checkpoint {number} answers {api}", "simulated" in answer["samples"][0]["text"], answer)
            theirs = official.responses.create(model=name, input="2 + 2?")
            check(f"checkpoint {number} answers the official SDK", "simulated" in theirs.output_text, theirs)
    # And the other way round: what the official SDK makes, the agent sees.
    theirs = official.files.create(file=("theirs.jsonl", lines(2_000, 3).encode()), purpose="fine-tune")
    seen = await agent.call("get_file", file_id=theirs.id)
    check("the agent sees the official SDK's file", seen["filename"] == "theirs.jsonl", seen)
    gone = await agent.call("delete_file", file_id=theirs.id)
    check("the agent deletes it", gone["deleted"], gone)
    try:
        official.files.retrieve(theirs.id)
    except openai.NotFoundError:
        check("and the official SDK sees that", True)
    else:
        raise AssertionError("the file is still there")
    told = await agent.refused("get_job_status", job_id="ftjob-none")
    check("a wrong id is told", "Check the id" in told, told)


async def main(provider: str, base_url: str, *command: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        server = mcp.StdioServerParameters(command=command[0], args=list(command[1:]), env=dict(os.environ), cwd=folder)
        async with mcp.Client(server) as client:
            await work(Agent(client), provider, base_url, pathlib.Path(folder))
    print("ok all")


if len(sys.argv) < 4:
    sys.exit(__doc__)
asyncio.run(main(*sys.argv[1:]))
