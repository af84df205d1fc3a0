"""Hostile workbooks through every way into membership: each becomes a refusal, nothing is kept, the process lives."""

from __future__ import annotations

import os
from datetime import date
from io import BytesIO

import pytest
import xlsxwriter

from services.chassis.errors import InvalidInput
from services.chassis.files.storage import StoredFile
from services.contracts.membership import imports
from services.contracts.membership.dues import files as dues_contract
from services.membership.imports.use_cases import extracting
from tests.component.membership.harness import MembershipHarness
from tests.component.membership.rosters import COLUMNS, carry_out, check, count, look, members, problems, row
from tests.support.hostile_books import HOSTILE, edited


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_roster_is_refused_while_its_sender_waits(membership: MembershipHarness, name: str):
    content, rule = HOSTILE[name]

    with pytest.raises(InvalidInput) as refused:
        membership.ask_typed(imports.upload_roster, name="名册.xlsx", content=content)

    assert refused.value.rule == f"sheet.{rule}"
    assert count(membership, StoredFile) == 0


def grown(content: bytes) -> bytes:
    """Return the same workbook with a part nobody reads that makes it large enough to be long work."""
    noise = os.urandom(extracting.READ_AT_ONCE)
    return edited(content, {}, {"docProps/noise.bin": noise})


@pytest.mark.parametrize(
    "name", ["far cell", "far cell in a sheet elsewhere", "long text in every cell, single quotes"]
)
def test_a_hostile_roster_above_the_limit_ends_its_job_and_no_process(membership: MembershipHarness, name: str):
    content, rule = HOSTILE[name]
    request = {"name": "名册.xlsx", "content": grown(content)}
    import_id = membership.ask_typed(imports.upload_roster, **request)["id"]

    job = membership.run_job(look(membership, import_id)["job"]["id"], 1)

    assert (job.state, job.begun, job.error["rule"]) == ("failed", 0, f"sheet.{rule}")


@pytest.mark.parametrize("kind", ["payroll", "bases"])
@pytest.mark.parametrize("name", ["far cell", "far cell in a sheet elsewhere", "formula with a foreign prefix"])
def test_a_hostile_file_of_dues_is_refused(membership: MembershipHarness, kind: str, name: str):
    content, rule = HOSTILE[name]
    request = {"kind": kind, "month": "2026-01", "name": "a.xlsx", "content": content}

    with pytest.raises(InvalidInput) as refused:
        membership.ask_typed(dues_contract.upload_dues_file, **request)

    assert refused.value.rule == f"sheet.{rule}"


def test_a_day_counts_from_its_workbooks_epoch_and_a_bare_number_is_refused(membership: MembershipHarness):
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"date_1904": True}) as book:
        sheet, formatted = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, [heading for heading, _ in COLUMNS])
        for place, stated in enumerate((row(1), row(2)), 1):
            sheet.write_row(place, 0, list(stated.values())[:-1])
        sheet.write_datetime(1, len(COLUMNS) - 1, date(2010, 9, 1), formatted)
        sheet.write_number(2, len(COLUMNS) - 1, 38960)
    request = {"name": "名册.xlsx", "content": stream.getvalue()}
    import_id = membership.ask_typed(imports.upload_roster, **request)["id"]

    assert check(membership, import_id)["counts"] == {"sound": 2, "bad": 0, "noted": 1}
    assert [(kind, rule) for _, kind, _, _, rule in problems(membership, import_id)] == [
        ("noted", "imports.day_is_no_bare_number")
    ]
    carry_out(membership, import_id)
    assert [member.hired_on for member in members(membership)] == [date(2010, 9, 1), None]
