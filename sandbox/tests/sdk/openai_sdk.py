"""The official `openai` package, unmodified, against a sandbox.

OPENAI_BASE_URL names the sandbox (http://127.0.0.1:PORT/v1), which should run some hundred times faster than life.
Prints a line starting with `ok` for every step and exits 1 at the first that is not as it should be.
"""

import os
import sys
import time

import openai

PATIENCE = float(os.environ.get("SDK_PATIENCE_SECONDS", "120"))
MODEL = "o4-mini-2025-04-16"

client = openai.OpenAI(
    api_key=os.environ.get("OPENAI_API_KEY", "none-needed"),
    base_url=os.environ["OPENAI_BASE_URL"],
)


def check(what, condition, seen=None):
    if not condition:
        print(f"not ok: {what}: {seen!r}")
        sys.exit(1)
    print(f"ok {what}")


def refused(what, error, call, code):
    try:
        seen = call()
    except error as refusal:
        check(what, refusal.code == code and refusal.request_id, (refusal.code, refusal.request_id))
    else:
        check(what, False, seen)


def wait(job, what, condition):
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        seen = client.fine_tuning.jobs.retrieve(job)
        if condition(seen):
            check(what, True)
            return seen
        time.sleep(0.05)
    check(what, False, seen.status)


def lines(first, last):
    example = '{"messages":[{"role":"user","content":"%d + 1?"}],"answer":"%d"}\n'
    return "".join(example % (n, n + 1) for n in range(first, last)).encode()


def files():
    train = client.files.create(file=("train.jsonl", lines(0, 40)), purpose="fine-tune")
    valid = client.files.create(
        file=("valid.jsonl", lines(40, 50)),
        purpose="fine-tune",
        expires_after={"anchor": "created_at", "seconds": 2_592_000},
    )
    check("files.create", train.id.startswith("file-") and train.bytes == len(lines(0, 40)), train)
    check("files.create with expires_after", valid.expires_at == valid.created_at + 2_592_000, valid)
    check("files.retrieve", client.files.retrieve(train.id).filename == "train.jsonl")
    check("files.content", client.files.content(train.id).read() == lines(0, 40))
    pages = client.files.list(purpose="fine-tune", limit=1, order="asc")
    names = [file.filename for file in pages]
    check("files.list pages", names[-2:] == ["train.jsonl", "valid.jsonl"] and len(names) >= 4, names)
    spare = client.files.create(file=("spare.jsonl", lines(0, 1)), purpose="fine-tune")
    check("files.delete", client.files.delete(spare.id).deleted)
    refused("files.retrieve after delete", openai.NotFoundError, lambda: client.files.retrieve(spare.id), None)
    return train.id, valid.id


def uploads():
    content = lines(500, 540)
    announced = {"bytes": len(content), "filename": "big.jsonl", "mime_type": "text/jsonl", "purpose": "fine-tune"}
    done = client.uploads.upload_file_chunked(file=content, part_size=400, **announced)
    check("uploads.upload_file_chunked", done.status == "completed" and done.file.bytes == len(content), done)
    check("its file", client.files.content(done.file.id).read() == content)
    upload = client.uploads.create(**announced)
    part = client.uploads.parts.create(upload.id, data=content[:10])
    refused(
        "uploads.complete refuses what is not whole",
        openai.BadRequestError,
        lambda: client.uploads.complete(upload.id, part_ids=[part.id]),
        "invalid_upload_size",
    )
    check("uploads.cancel", client.uploads.cancel(upload.id).status == "cancelled")


def permissions(checkpoint):
    admin = client.with_options(api_key="sk-admin-tests").fine_tuning.checkpoints.permissions
    given = list(admin.create(checkpoint, project_ids=["proj_a"]))
    check("permissions.create", given[0].project_id == "proj_a", given)
    listed = admin.list(checkpoint) if hasattr(admin, "list") else admin.retrieve(checkpoint)
    check("permissions.list", [one.id for one in listed.data] == [given[0].id], listed)
    usual = client.with_options(api_key="sk-usual").fine_tuning.checkpoints.permissions
    refused(
        "permissions.create without an admin key",
        openai.PermissionDeniedError,
        lambda: usual.create(checkpoint, project_ids=["proj_b"]),
        "insufficient_permissions",
    )
    gone = admin.delete(given[0].id, fine_tuned_model_checkpoint=checkpoint)
    check("permissions.delete", gone.deleted, gone)


def answers(model):
    chat = client.chat.completions.create(model=model, messages=[{"role": "user", "content": "2 + 2?"}])
    check("chat.completions.create", "simulated" in chat.choices[0].message.content, chat)
    response = client.responses.create(model=model, input="2 + 2?")
    check("responses.create", "simulated" in response.output_text, response)


GRADER = {
    "type": "multi",
    "name": "both",
    "graders": {
        "exact": {
            "type": "string_check",
            "name": "exact",
            "input": "{{ sample.output_text }}",
            "reference": "{{ item.answer }}",
            "operation": "eq",
        },
        "close": {
            "type": "text_similarity",
            "name": "close",
            "input": "{{ sample.output_text }}",
            "reference": "{{ item.answer }}",
            "evaluation_metric": "fuzzy_match",
        },
    },
    "calculate_output": "min(max(0.5 * exact + 0.5 * close, 0), 1)",
}


def graders():
    check("graders.validate", client.fine_tuning.alpha.graders.validate(grader=GRADER).grader is not None)
    result = client.fine_tuning.alpha.graders.run(grader=GRADER, item={"answer": "42"}, model_sample="42")
    check("graders.run", result.reward == 1.0 and result.sub_rewards == {"exact": 1.0, "close": 1.0}, result)
    check("graders.run metadata", len(result.metadata.errors.to_dict()) == 14, result.metadata)
    wrong = {**GRADER, "calculate_output": "exact + nobody"}
    refused(
        "graders.validate refuses an unknown variable",
        openai.BadRequestError,
        lambda: client.fine_tuning.alpha.graders.validate(grader=wrong),
        "invalid_grader",
    )


def create(train, valid, **more):
    return client.fine_tuning.jobs.create(
        model=MODEL,
        training_file=train,
        validation_file=valid,
        method={
            "type": "reinforcement",
            "reinforcement": {
                "grader": GRADER,
                "hyperparameters": {"n_epochs": 3, "batch_size": 5, "eval_interval": 2},
            },
        },
        **more,
    )


def steps(job):
    events = client.fine_tuning.jobs.list_events(job, limit=100)
    return [event.data["step"] for event in events if event.type == "metrics"]


def lifecycle(train, valid):
    launch = f"launch-{time.time_ns()}"
    job = create(train, valid, suffix="sdk", seed=7, metadata={"launch": launch})
    check("jobs.create", job.status == "validating_files" and job.id.startswith("ftjob-"), job)
    check("jobs.create echoes the method", job.method.reinforcement.hyperparameters.n_epochs == 3, job.method)
    found = client.fine_tuning.jobs.list(metadata={"launch": launch})
    check("jobs.list by metadata", [other.id for other in found] == [job.id])
    bare = create(train, valid)
    # The SDK leaves a None out of the query.
    without = client.fine_tuning.jobs.list(extra_query={"metadata": "null"})
    found = [other.id for other in without]
    check("jobs.list without metadata", bare.id in found and job.id not in found, found)
    wait(job.id, "the job runs", lambda seen: seen.status == "running" and len(steps(job.id)) >= 3)
    check("jobs.pause", client.fine_tuning.jobs.pause(job.id).status == "pausing")
    wait(job.id, "the job pauses", lambda seen: seen.status == "paused")
    refused(
        "jobs.pause when paused",
        openai.BadRequestError,
        lambda: client.fine_tuning.jobs.pause(job.id),
        "invalid_job_state",
    )
    before = max(steps(job.id))
    newest = client.fine_tuning.jobs.checkpoints.list(job.id).data[0]
    check("checkpoints.list shows the snapshot", newest.step_number == before, newest)
    check("models.retrieve of a checkpoint", client.models.retrieve(newest.fine_tuned_model_checkpoint).id)
    permissions(newest.fine_tuned_model_checkpoint)
    answers(newest.fine_tuned_model_checkpoint)
    check("jobs.resume", client.fine_tuning.jobs.resume(job.id).status == "queued")
    done = wait(job.id, "the job succeeds", lambda seen: seen.status == "succeeded")
    check("every step is reported once", steps(job.id) == list(range(24, 0, -1)), steps(job.id))
    kinds = {event.type for event in client.fine_tuning.jobs.list_events(job.id, limit=7)}
    check("jobs.list_events pages", kinds == {"message", "metrics", "moderation_checks"}, kinds)
    checkpoints = list(client.fine_tuning.jobs.checkpoints.list(job.id, limit=1))
    check("checkpoints.list pages", len(checkpoints) == 3, checkpoints)
    results = client.files.content(done.result_files[0]).text
    check("the result file has a row a step", len(results.splitlines()) == 25)
    check("models.list", done.fine_tuned_model in [model.id for model in client.models.list()])
    check("models.delete", client.models.delete(done.fine_tuned_model).deleted)
    refused(
        "models.retrieve after delete",
        openai.NotFoundError,
        lambda: client.models.retrieve(done.fine_tuned_model),
        "model_not_found",
    )


def endings(train, valid):
    job = create(train, valid)
    check("jobs.cancel", client.fine_tuning.jobs.cancel(job.id).status == "cancelled")
    refused(
        "jobs.resume when cancelled",
        openai.BadRequestError,
        lambda: client.fine_tuning.jobs.resume(job.id),
        "invalid_job_state",
    )
    overlap = create(train, train)
    seen = wait(overlap.id, "overlapping files fail the job", lambda seen: seen.status == "failed")
    check("the failure names its parameter", seen.error.param == "validation_file", seen.error)
    refused(
        "jobs.retrieve of nothing",
        openai.NotFoundError,
        lambda: client.fine_tuning.jobs.retrieve("ftjob-nothing"),
        "fine_tune_not_found",
    )
    raw = client.fine_tuning.jobs.with_raw_response.retrieve(job.id)
    check("every reply says that it is simulated", raw.headers["x-simulated"] == "true")


training, validation = files()
uploads()
graders()
lifecycle(training, validation)
endings(training, validation)
print("ok all")
