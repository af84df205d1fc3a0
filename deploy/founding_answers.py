"""Checks the answers that `gonghui found` asks for, by the rules that apply later, before anything is created."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from gateway.identity import passwords
from gateway.identity.accounts import require_username
from services.chassis.clock import today
from services.chassis.errors import InvalidInput
from services.contracts.membership.organisation.operations import CreateUnit
from services.contracts.membership.record.shapes import NewMember
from services.membership.person.use_cases import persons as person

_SCHEMAS = {"union": (CreateUnit, "name"), "unit": (CreateUnit, "name")}


def refusal_of(field: str, value: Any, before: Mapping[str, Any]) -> str | None:
    """Return why an answer is refused, or None; the text does not contain the answer.

    Args:
        field: name of the command's option.
        value: the answer.
        before: the earlier answers, with which the identity number and the password are compared.
    """
    if field == "username":
        return _told(lambda: require_username(value))
    if field == "password":
        name = str(before.get("username") or "")
        return _told(lambda: passwords.require_strong(value, username=name))
    plain = value.date() if isinstance(value, datetime) else value
    schema, name = _SCHEMAS.get(field, (NewMember, field))
    stated = plain.isoformat() if isinstance(value, datetime) else plain
    if errors := schema(only=(name,)).validate({name: stated}):
        return " ".join(str(message) for message in errors[name])
    if schema is CreateUnit:
        return None
    known = {name: plain}
    if field == "id_number" and isinstance(birth := before.get("birth_date"), datetime):
        known["birth_date"] = birth.date()
    refusals = person.refusals_of(person.in_written_form(known), today())
    return refusals[0].detail if refusals else None


def require_sound(**answers: Any) -> None:
    """Raise `InvalidInput` unless all answers are valid together, in whatever order they were given."""
    for field, value in answers.items():
        if field != "gender" and (refusal := refusal_of(field, value, answers)):
            raise InvalidInput(f"{field.replace('_', ' ').capitalize()}: {refusal}", rule="founding.answer_is_sound")


def _told(judge: Any) -> str | None:
    try:
        judge()
    except InvalidInput as refusal:
        return refusal.detail
    return None
