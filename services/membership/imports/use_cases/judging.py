"""Judging one row: texts in, a person in written form or the reasons why not out. Asks no database."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from services.chassis.refusal import Refusal
from services.contracts.membership.imports import REQUIRED
from services.contracts.membership.person import SENSITIVE_FIELDS
from services.membership.imports import rules
from services.membership.organisation.use_cases import directory
from services.membership.organisation.use_cases.directory import Unit
from services.membership.person import use_cases as details
from services.membership.record.use_cases import roster

_DAYS = ("birth_date", "hired_on", "joined_on")
_WORDS = ("gender", "employment", "original_age")
_COLUMN_OF = {"unit_id": "unit", "group_id": "group"}
_LONGEST_VALUE = 60
_NOT_SHOWN = ("Cc", "Cs")


@dataclass
class Places:
    """The organisation as a table names it: units by code or name, groups by unit and name."""

    units: dict[str, Unit] = field(default_factory=dict)
    groups: dict[tuple[UUID | None, str], Unit] = field(default_factory=dict)

    @classmethod
    def of(cls, units: Collection[Unit]) -> Places:
        """Take in the whole organisation; of two units with one name the open one is meant."""
        places = cls()
        for unit in sorted(units, key=lambda unit: unit.active):
            names = [name for name in (unit.name, unit.name_en, unit.code) if name]
            for name in names:
                if unit.kind == "unit":
                    places.units[rules.unit_key(name)] = unit
                elif unit.kind == "group":
                    places.groups[(unit.parent_id, rules.unit_key(name))] = unit
        return places


def judged(texts: Mapping[str, str], places: Places, today: date) -> tuple[dict[str, Any], list[Refusal]]:
    """Return the person a row states, with all refusals; the person is only good for use when there are none.

    Args:
        texts: cells by field, only of columns that were named.
        places: the organisation.
        today: the day in China.
    """
    stated = {name: None if rules.is_empty(text) else text for name, text in texts.items()}
    refusals = [_missing(name) for name in REQUIRED if not stated.get(name)]
    person = {name: _read(name, text, refusals) for name, text in stated.items() if name not in ("unit", "group")}
    person = details.in_written_form(person)
    _fill_in(person)
    _place(person, stated, places, refusals)
    refusals += details.refusals_of(person, today)
    if person.get("joined_on"):
        answer = roster.refusal_of_joining_day(person["joined_on"], person.get("hired_on"), today)
        answer = answer or details.refusal_of_joining_day(person["joined_on"], person.get("birth_date"), today)
        refusals += [answer] if answer else []
    return person, refusals


def _missing(name: str) -> Refusal:
    refusal = rules.field_is_filled(name, "")
    assert refusal is not None
    return refusal


def _read(name: str, text: str | None, refusals: list[Refusal]) -> Any:
    """Return the value of a cell, None with a refusal added when it can't be read."""
    if text is None:
        return None
    if name in _DAYS:
        answer = rules.day_is_readable(name, text)
        value: Any = rules.day_of(text)
    elif name in _WORDS:
        answer = rules.word_is_known(name, text)
        value = rules.word_of(name, text)
    else:
        answer = rules.digits_are_whole(name, text) or rules.text_is_short_enough(name, text)
        value = text
    if answer is not None:
        refusals.append(answer)
        return None
    return value


def _fill_in(person: dict[str, Any]) -> None:
    """Take sex and date of birth from the identity number where the row doesn't state them."""
    number = person.get("id_number")
    for name, read in (("gender", rules.gender_in), ("birth_date", _birth_in)):
        if person.get(name) is None and isinstance(number, str):
            person[name] = read(number)


def _birth_in(number: str) -> date | None:
    return details.birth_date_in(number) if len(number) == 18 and number[6:14].isdecimal() else None


def _place(person: dict[str, Any], stated: Mapping[str, str | None], places: Places, refusals: list[Refusal]) -> None:
    unit = group = None
    if stated.get("unit"):
        unit = places.units.get(rules.unit_key(stated["unit"] or ""))
        answers = [rules.unit_is_known("unit", unit is not None)]
        answers += [directory.refusal_to_take_members(unit)] if unit is not None else []
        refusals += [answer for answer in answers if answer is not None]
    if stated.get("group") and unit is not None:
        group = places.groups.get((unit.id, rules.unit_key(stated["group"] or "")))
        answer = rules.unit_is_known("group", group is not None) or directory.refusal_of_group(group, unit.id)
        refusals += [answer] if answer is not None else []
    person["unit_id"] = unit.id if unit else None
    person["group_id"] = group.id if group else None


def column_of(refusal: Refusal) -> str | None:
    """Return the column a refusal is about."""
    return _COLUMN_OF.get(refusal.field or "", refusal.field)


def shown_value(column: str | None, texts: Mapping[str, str]) -> str | None:
    """Return the cell a refusal is about as it may be shown: masked where the field is sensitive."""
    text = texts.get(column or "")
    if not text:
        return None
    shown = details.masked(column, text) if column in SENSITIVE_FIELDS and column else text
    # What a database can't store, a NUL above all, is not shown either.
    return "".join(mark for mark in (shown or "")[:_LONGEST_VALUE] if unicodedata.category(mark) not in _NOT_SHOWN)
