"""Dues: bases from a file, the last months charged and deducted by payroll, a few members behind."""

from __future__ import annotations

import time
from base64 import b64encode
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from deploy.demo.union import DemoUnion
from services.chassis.clock import today
from services.chassis.files.spreadsheets import write_csv
from services.contracts.jobs import JOBS_OF
from services.contracts.membership.dues import files as dues_files
from services.contracts.membership.dues import operations as dues
from services.contracts.membership.record import operations as record

MONTHS = 3
"""Months charged: this one, which all still owe, and those before it, which only a few still owe."""
_PATIENCE = 120.0
_SHARE_BEHIND = 0.02
_SHARE_SHORT = 0.005


def play(union: DemoUnion) -> str:
    numbers = list(_numbers(union))
    random = Random(union.seed)  # noqa: S311 - synthetic data, no secret
    bases = {number: Decimal(random.randint(4200, 21000)) for number in numbers}
    months = [_month(back) for back in range(MONTHS - 1, -1, -1)]
    _post(union, [_upload(union, "bases", months[0], [(number, str(base)) for number, base in bases.items()])])
    behind = {number for number in numbers if random.random() < _SHARE_BEHIND}
    charged = [union.ask(f"dues-{month}", dues.charge_dues, {"month": month})["job_id"] for month in months]
    _wait(union, charged)
    deducted = [(month, list(_deducted(bases, behind, random))) for month in months[:-1]]
    _post(union, [_upload(union, "payroll", month, rows, _tenth_of(month)) for month, rows in deducted])
    return f"dues of {len(numbers)} members"


def _numbers(union: DemoUnion) -> Iterator[str]:
    cursor = None
    while True:
        asked = {"limit": 100, "sort": "number", **({"cursor": cursor} if cursor else {})}
        page = union.ask("members", record.list_members, asked)
        yield from (row["number"] for row in page["items"])
        cursor = page["next_cursor"]
        if cursor is None:
            return


def _deducted(bases: dict[str, Decimal], behind: set[str], random: Random) -> Iterator[tuple[str, str]]:
    """Yield what the payroll deducted: the amount due, too little from a few, nothing from those behind."""
    for number, base in bases.items():
        if number not in behind:
            amount = (base // 10 * 10 * Decimal("0.005")).quantize(Decimal("0.01"))
            yield number, str(amount - 1 if random.random() < _SHARE_SHORT else amount)


def _upload(
    union: DemoUnion, kind: str, month: str, rows: list[tuple[str, str]], paid_on: date | None = None
) -> dict[str, Any]:
    heading = "金额" if kind == "payroll" else "缴费基数"
    content = write_csv([("who", "会员号"), ("what", heading)], [{"who": who, "what": what} for who, what in rows])
    payload: dict[str, Any] = {
        "kind": kind, "month": month, "name": f"{month}-{kind}.csv", "media_type": "text/csv",
        "content": b64encode(content).decode(), "paid_on": paid_on,
    }  # fmt: skip
    uploaded: dict[str, Any] = union.ask(f"dues-{kind}-{month}", dues_files.upload_dues_file, payload)
    return uploaded


def _post(union: DemoUnion, files: list[dict[str, Any]]) -> None:
    _wait(union, [file["check_job_id"] for file in files])
    posted = [
        union.ask(f"dues-post-{file['id']}", dues_files.post_dues_file, {"file_id": file["id"]})["job_id"]
        for file in files
    ]
    _wait(union, posted)


def _wait(union: DemoUnion, job_ids: list[str]) -> None:
    """Wait until the jobs are done, because the next step needs their results."""
    ends = time.monotonic() + _PATIENCE
    get_job = JOBS_OF["membership"].get
    for job_id in job_ids:
        while (job := union.ask("job", get_job, {"job_id": job_id}, union.as_officer()))["state"] != "done":
            if job["state"] not in ("waiting", "running") or time.monotonic() > ends:
                raise RuntimeError(f"a job of the demo ended as {job['state']}: {job['kind']}")
            union.pause()


def _month(back: int) -> str:
    day = today()
    index = day.year * 12 + day.month - 1 - back
    return f"{index // 12:04d}-{index % 12 + 1:02d}"


def _tenth_of(month: str) -> date:
    """Return the tenth of a month, when its deductions arrive."""
    return min(date(int(month[:4]), int(month[5:]), 10), today() - timedelta(days=1))
