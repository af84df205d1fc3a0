"""The gateway's own long work: how far it is, stopping it, the files it has made."""

from __future__ import annotations

from functools import partial

from gateway.http.routes import Route
from gateway.jobs.requests import answer
from services.contracts.gateway.jobs import (
    cancel_own_job,
    get_own_job,
    list_own_jobs,
    read_own_job_file,
    retry_own_job,
)

_JOB = "/gateway/jobs/<uuid:job_id>"

ROUTES = (
    Route("GET", "/gateway/jobs", list_own_jobs, answer=partial(answer, list_own_jobs)),
    Route("GET", _JOB, get_own_job, answer=partial(answer, get_own_job)),
    Route("POST", f"{_JOB}/cancel", cancel_own_job, answer=partial(answer, cancel_own_job)),
    Route("POST", f"{_JOB}/retry", retry_own_job, answer=partial(answer, retry_own_job)),
    Route("GET", f"{_JOB}/file", read_own_job_file, answer=partial(answer, read_own_job_file), download=True),
)
