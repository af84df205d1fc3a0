"""Long work of the toy subject: tea for many, two cups in each step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gateway.jobs import requests
from gateway.rpc.calls import call
from services.chassis.database.transaction import Transaction
from services.chassis.jobs.jobs import Job
from tests.toy.contract import list_teas

CUPS = 2


def start(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Ask for tea."""
    return requests.start("brew_tea", {}, payload, None, payload["cups"])


def boil(asked: Mapping[str, Any], job: Job) -> dict[str, Any]:
    """Ask which tea, for the next cups."""
    return {"tea": call(list_teas, {})["items"][0]["kind"], "cups": min(CUPS, asked["cups"] - job.done)}


def fill_cups(_tx: Transaction, job: Job, prepared: dict[str, Any]) -> bool:
    """Count the cups."""
    job.done += prepared["cups"]
    job.result = {"tea": prepared["tea"]}
    return job.done == job.total
