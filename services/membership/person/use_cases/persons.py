"""What a person stated, made ready to store: one written form, every field judged, search keys added."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from services.chassis.errors import InvalidInput
from services.chassis.input_errors import InputError
from services.chassis.rules.refusal import Refusal
from services.chassis.security.encryption import blind_index, mask_email, mask_id_number, mask_phone
from services.membership import date_rules
from services.membership.person import rules
from services.membership.person.use_cases import pinyin

_WRITTEN_FORM = {
    "name": rules.normalised_name,
    "id_number": rules.normalised_id_number,
    "phone": rules.normalised_phone,
    "email": rules.normalised_email,
    "emergency_name": rules.normalised_name,
    "emergency_phone": rules.normalised_phone,
}
_MASKS = {"id_number": mask_id_number, "phone": mask_phone, "email": mask_email}
_PERSON = "person"


def in_written_form(stated: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields with name, identity number, telephone and e-mail in the one form they are stored in."""
    return {
        field: _WRITTEN_FORM[field](value) if field in _WRITTEN_FORM and value is not None else value
        for field, value in stated.items()
    }


def require_sound(stated: Mapping[str, Any], today: date) -> None:
    """Raise `InvalidInput` naming every field that breaks a rule, and the first rule broken."""
    refusals = rules.refusals_of(dict(stated), today)
    if refusals:
        raise InvalidInput(refusals[0].detail, errors=messages_of(refusals), rule=refusals[0].rule)


def messages_of(refusals: list[Refusal]) -> dict[str, list[str]]:
    """Return the refusals by field, each as an input error."""
    messages: dict[str, list[str]] = {}
    for refusal in refusals:
        error = InputError(refusal.rule, refusal.detail, **refusal.params)
        messages.setdefault(refusal.field or "_", []).append(error)
    return messages


def index_of(id_number: str) -> str:
    """Return the keyed hash by which one person is recognised in applications and records alike."""
    return blind_index(id_number, scope=_PERSON)


def masked(field: str, value: str | None) -> str | None:
    """Return a sensitive field as it may be shown."""
    return None if value is None else _MASKS[field](value)


def refusals_of(stated: Mapping[str, Any], today: date) -> list[Refusal]:
    """Return every refusal for the fields stated, which are in written form."""
    return rules.refusals_of(dict(stated), today)


def refusal_of_joining_day(joined_on: date, birth_date: date | None, today: date) -> Refusal | None:
    """Return why nobody, or nobody born then, can have joined a union on a day."""
    return date_rules.joined_on_is_plausible(joined_on, birth_date, today)


def gender_in(id_number: str) -> str | None:
    """Return the sex an identity number of 18 characters holds, None when it has another form."""
    return rules.gender_in(id_number)


def completed(stated: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields stated, in written form, with sex and date of birth of the identity number where they lack."""
    number = stated.get("id_number")
    if number is None or rules.id_number_has_its_form(number) is not None:
        return dict(stated)
    held = {"gender": rules.gender_in(number), "birth_date": rules.birth_date_in(number)}
    return {**stated, **{name: value for name, value in held.items() if value and stated.get(name) is None}}


def birth_date_in(id_number: str) -> date | None:
    """Return the date of birth an identity number of 18 characters holds, None when it is no date."""
    return rules.birth_date_in(id_number)


def pinyin_beginning(text: str) -> str | None:
    """Return how the pinyin of names that begin with the text begins, None where that is not certain."""
    return pinyin.key_of_beginning(text)


def pinyin_of_given_beginning(text: str) -> str:
    """Return how the pinyin of given names that begin with the text begins."""
    return pinyin.key_of_given(text)


def given_pinyin(name: str, of_name: str) -> str:
    """Return the end of a name's pinyin that is the given name's; empty where it has none."""
    return pinyin.given_pinyin(name, of_name)


def search_keys(name: str) -> tuple[str, str]:
    """Return (pinyin, initials) of a name."""
    return pinyin.search_keys(name)
