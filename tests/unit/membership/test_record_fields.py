"""The table of fields: whole, least privilege kept, and the one the README shows."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from services.chassis.security.encryption import EncryptedText
from services.contracts.membership.record import fields
from services.contracts.membership.record.shapes import Member as ShownMember
from services.contracts.membership.record.shapes import UpdateMember
from services.membership.record.tables import Member

README = Path(__file__).parents[3] / "services" / "membership" / "README.md"
TECHNICAL = {
    "id", "initials", "given_pinyin", "birth_month", "birth_day", "id_number_index", "account_id", "application_id",
    "updated_at", "version", "card_serial", "anonymised_at",
}  # fmt: skip
"""Columns that say nothing of a person beyond other columns, or nothing at all."""
CHOSEN_BY_THE_MEMBER = {"birthday_calendars"}
"""Columns that only the member changes, by an operation of its own, and that no record shows."""


def table() -> str:
    """Return the table as the README shows it."""
    head = "| field | sees | changes | masked | sensitive | kept as |\n|---|---|---|---|---|---|\n"
    rows = [
        f"| `{field.name}` | {_capacities(field.sees)} | {_capacities(field.changes)} | {field.mask or ''} "
        f"| {'yes' if field.sensitive else ''} | {field.retention} |\n"
        for field in fields.FIELDS
    ]
    return head + "".join(rows)


def _capacities(held: frozenset[str]) -> str:
    return ", ".join(capacity for capacity in fields.CAPACITIES if capacity in held)


def test_the_readme_shows_the_table() -> None:
    assert table() in README.read_text(encoding="utf-8")


def test_every_column_of_a_member_stands_in_the_table() -> None:
    columns = {column.name for column in sa.inspect(Member).columns}
    assert columns - TECHNICAL - CHOSEN_BY_THE_MEMBER == set(fields.BY_NAME)


def test_every_masked_field_is_encrypted_and_every_encrypted_one_masked() -> None:
    encrypted = {column.name for column in sa.inspect(Member).columns if isinstance(column.type, EncryptedText)}
    assert encrypted == set(fields.MASKED_FIELDS)


def test_the_schemas_know_the_fields_of_the_table() -> None:
    assert set(fields.BY_NAME) <= set(ShownMember().fields)
    correctable = {field.name for field in fields.FIELDS if field.changes}
    assert set(UpdateMember().fields) - {"member_id", "version", "reason"} == correctable


def test_nobody_changes_what_he_does_not_see() -> None:
    assert [field.name for field in fields.FIELDS if not field.changes <= field.sees] == []


def test_a_masked_field_is_sensitive() -> None:
    assert [field.name for field in fields.FIELDS if field.mask and not field.sensitive] == []


def test_every_class_of_retention_is_known() -> None:
    assert {field.retention for field in fields.FIELDS} <= set(fields.RETENTION_CLASSES)


@pytest.mark.parametrize("name", ["id_number", "political_status", "address", "emergency_phone", "marital_status"])
def test_a_chair_never_sees_what_only_officers_need(name: str) -> None:
    assert name not in fields.seen_by({"chair"})


def test_only_officers_and_the_member_see_a_masked_field_in_plain() -> None:
    assert fields.shown_plain_to({"chair", "auditor"}) == ()
    assert set(fields.shown_plain_to({"officer"})) == set(fields.MASKED_FIELDS) == set(fields.shown_plain_to({"self"}))
