"""`gonghui plan import`: a year's plan from a file into the running governance service."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from services.chassis.process.runner import calling
from services.chassis.rpc.context import CallContext
from services.chassis.security.principal import service_principal
from services.contracts.governance.plan import operations as plan


def import_plan(file: Path | None, *, dry_run: bool) -> Iterator[str]:
    """Import a plan and yield a line for each change.

    Args:
        file: a plan file; the shipped plan of 2023 when absent.
        dry_run: only compare.
    """
    document = json.loads(file.read_text(encoding="utf-8")) if file else None
    with calling("cli") as client:
        outcome = client.call(
            plan.import_plan,
            {"document": document, "dry_run": dry_run},
            CallContext(principal=service_principal("cli")),
        )
    verb = "would be " if dry_run else ""
    for key in outcome["added"]:
        yield f"{verb}added: {key}"
    for change in outcome["changed"]:
        yield f"{verb}changed: {change['key']} {change['field']}: {change['before']} -> {change['after']}"
    for key in outcome["kept"]:
        yield f"kept as edited: {key}"
    for key in outcome["not_in_file"]:
        yield f"not in the file: {key}"
    yield f"{outcome['year']}: {outcome['unchanged']} items unchanged"
