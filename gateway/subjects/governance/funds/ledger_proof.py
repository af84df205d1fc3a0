"""Proving a ledger of any length: long work of the gateway that asks governance for one part after the other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gateway.jobs import requests
from gateway.rpc.calls import call
from services.chassis.database.transaction import Transaction
from services.chassis.jobs.jobs import Job
from services.contracts.governance.funds.bookkeeping import LedgerVerdict, VerifyLedgerPart, verify_ledger_part

KIND = "prove_ledger"
_GOES_ALONG = tuple(VerifyLedgerPart().fields)
_VERDICT = tuple(LedgerVerdict().fields)


def start(_payload: Mapping[str, Any]) -> dict[str, Any]:
    """Ask for the proof as long work."""
    return requests.start(KIND, {}, {}, None, None)


def prove(_asked: Mapping[str, Any], job: Job) -> dict[str, Any]:
    """Let governance prove the next part."""
    return call(verify_ledger_part, job.position or {})


def keep(_tx: Transaction, job: Job, part: dict[str, Any]) -> bool:
    """Keep what was proved; the result of the last part is the verdict on the whole ledger."""
    job.position = {name: part[name] for name in _GOES_ALONG}
    job.done, job.total = part["entries"], part["total"]
    if part["ended"]:
        job.result = {name: part[name] for name in _VERDICT}
    return bool(part["ended"])
