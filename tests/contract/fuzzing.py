"""Schemathesis as a program: one run per caller over the operations open to the caller, on a union that is running.

It is given identifiers that exist, so that requests reach past "no such thing" into the rules and the databases.
"""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gateway.http.openapi import describe
from services.chassis.clock import today
from services.chassis.schema import ACCOUNT, PUBLIC
from tests.contract.promises import all_routes
from tests.support.api import Api

CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
)
NOT_TRIED = frozenset({"sign_out", "end_session", "switch_role"}) | {
    route.operation.name for route in all_routes() if route.stream
}
"""They would end or narrow the session the run lives on; and answers that go on until their reader leaves."""
_LISTS = {
    "activity_id": "/activities",
    "member_id": "/membership/members",
    "unit_id": "/membership/units",
    "application_id": "/membership/applications",
    "post_id": "/membership/posts?kind=delegate",
    "visit_id": "/welfare/visits",
    "life_event_id": "/welfare/life-events",
    "run_id": "/welfare/birthday-runs",
    "item_id": f"/governance/plan/{today().year}/items",
    "entry_id": "/governance/funds/entries",
    "refusal_id": "/governance/funds/refusals",
    "commitment_id": "/governance/funds/commitments",
}
_ALIASES = {"plan_item_id": "item_id", "organiser_unit_id": "unit_id", "to_unit_id": "unit_id", "assignee": "member_id"}
_AT_HAND = {"year": [2023, 2026], "month": [3, 11], "period": ["2023-03"], "version": [1, 2, 3]}
_IN_BODIES = ("activity_id", "member_id", "unit_id", "item_id", "version", *_ALIASES)


@dataclass
class Outcome:
    """How one run ended."""

    status: int
    output: str
    requests: int


def known_values(officer: Api) -> dict[str, list[Any]]:
    """Values by parameter name that stand for something in the union at hand."""
    found: dict[str, list[Any]] = dict(_AT_HAND)
    for name, path in _LISTS.items():
        items = officer.get(path, limit=8)["items"]
        found[name] = [item["id"] for item in items] or ["018f3b7a-9a10-7c3e-8b11-5a2f6f6fffff"]
    found["code"] = [line["code"] for line in officer.get("/governance/funds/budget/2023")["items"]] or ["care"]
    found["key"] = sorted({rule["key"] for rule in officer.get("/governance/rules")["items"]})[:8]
    return found | {alias: found[name] for alias, name in _ALIASES.items()}


def open_to(document: dict[str, Any], allowed: frozenset[str]) -> dict[str, Any]:
    """The document with only the operations for callers with these rights, each answer of theirs listed one by one."""
    names = {
        describe(route)["operationId"] for route in all_routes() if route.operation.allow & {PUBLIC, *allowed}
    } - NOT_TRIED
    kept = copy.deepcopy(document)
    for path in kept["paths"].values():
        for method in [name for name in path if name != "parameters"]:
            if path[method]["operationId"] in names:
                del path[method]["responses"]["default"]
            else:
                del path[method]
    kept["paths"] = {path: found for path, found in kept["paths"].items() if found.keys() - {"parameters"}}
    return kept


def rights_of(caller: Api) -> frozenset[str]:
    """What the routes' roles are compared with."""
    return frozenset({ACCOUNT, *(grant["role"] for grant in caller.get("/me")["roles"])})


def fuzz(
    folder: Path, url: str, document: dict[str, Any], known: dict[str, list[Any]], token: str | None, *options: str
) -> Outcome:
    """Run schemathesis to its end.

    Args:
        folder: empty, for its files.
        url: of the union.
        document: the operations to try.
        known: see `known_values`.
        token: of the caller; None is anybody.
        options: how long and how deep, for the command line.
    """
    (folder / "openapi.json").write_text(json.dumps(document), encoding="utf-8")
    (folder / "schemathesis.toml").write_text("\n".join(_configuration(known)), encoding="utf-8")
    command = [sys.executable, "-m", "schemathesis.cli", "--config-file", "schemathesis.toml", "run", "openapi.json"]
    command += ["--url", url, "--checks", ",".join(CHECKS), "--suppress-health-check", "all", "--continue-on-failure"]
    command += ["--generation-deterministic", "--no-shrink", "--report", "json", "--report-json-path", "report.json"]
    command += ["--header", f"Authorization: Bearer {token}"] if token else []
    done = subprocess.run([*command, *options], cwd=folder, capture_output=True, text=True)
    return Outcome(done.returncode, done.stdout + done.stderr, _requests(folder / "report.json"))


def _configuration(known: dict[str, list[Any]]) -> Iterator[str]:
    yield "[dictionaries]"
    yield from (f"{name} = {{ values = {json.dumps(values)} }}" for name, values in known.items())
    yield "[parameters]"
    for name in known:
        yield f'"path.{name}" = {{ dictionary = "{name}", probability = 0.8 }}'
        if name in _IN_BODIES:
            yield f'"body.{name}" = {{ dictionary = "{name}", probability = 0.6 }}'


def _requests(report: Path) -> int:
    if not report.exists():
        return 0
    return int(json.loads(report.read_text(encoding="utf-8"))["test_cases"]["generated"])
