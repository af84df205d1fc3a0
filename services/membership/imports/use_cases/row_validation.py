"""Judging one row: texts in; out come a person in written form, the reasons why not, and notes. Asks no database."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from services.chassis.plain_text import is_digits
from services.chassis.rules.refusal import Refusal
from services.contracts.membership.imports import REQUIRED
from services.contracts.membership.person import SENSITIVE_FIELDS
from services.membership.imports import rules
from services.membership.organisation.use_cases import directory
from services.membership.organisation.use_cases.directory import Unit
from services.membership.person.use_cases import persons as details
from services.membership.record.use_cases import roster

_DAYS = ("birth_date", "hired_on", "joined_on")
_MAY_BE_MONTHS = ("birth_date", "joined_on")
_MAY_BE_LEFT_OUT = ("phone", "email")
_WORDS = ("gender", "employment", "original_age")
_COLUMN_OF = {"unit_id": "unit", "group_id": "group"}
_LONGEST_VALUE = 60
_NOT_SHOWN = ("Cc", "Cs")
_LONG_NUMBER = re.compile(r"(\d{3})\d{4,}[\dXx]?(\d{2}|[\dXx])")


@dataclass
class Places:
    """The organisation as a table names it: units by code or name, groups by unit and name."""

    units: dict[str, Unit] = field(default_factory=dict)
    groups: dict[tuple[UUID | None, str], Unit] = field(default_factory=dict)

    @classmethod
    def of(cls, units: Collection[Unit]) -> Places:
        """Load the whole organisation; of two units with one name the open one is used."""
        places = cls()
        for unit in sorted(units, key=lambda unit: unit.active):
            names = [name for name in (unit.name, unit.name_en, unit.code) if name]
            for name in names:
                if unit.kind == "unit":
                    places.units[rules.unit_key(name)] = unit
                elif unit.kind == "group":
                    places.groups[(unit.parent_id, rules.unit_key(name))] = unit
        return places


@dataclass
class Reading:
    """What a row states: the person, why not, which cells were left out, what was taken from the identity number."""

    person: dict[str, Any]
    refusals: list[Refusal] = field(default_factory=list)
    notes: list[Refusal] = field(default_factory=list)
    derived: list[str] = field(default_factory=list)

    def refuse(self, refusal: Refusal | None, optional: bool) -> bool:
        """Keep a refusal; of an optional cell it is a note only. Tells whether there was one."""
        if refusal is not None:
            (self.notes if optional else self.refusals).append(refusal)
        return refusal is not None


def judged(texts: Mapping[str, str], places: Places, today: date) -> Reading:
    """Return what a row of a roster states; the person is only good for use when there are no refusals.

    Args:
        texts: cells by field, only of columns that were named.
        places: the organisation.
        today: the day in China.
    """
    reading = read_person(texts, REQUIRED, today)
    stated = {name: None if rules.is_empty(text) else text for name, text in texts.items()}
    _place(reading, stated, places)
    person = reading.person
    if person.get("joined_on"):
        answer = roster.refusal_of_joining_day(person["joined_on"], today)
        answer = answer or details.refusal_of_joining_day(person["joined_on"], person.get("birth_date"), today)
        reading.refuse(answer, optional=False)
    return reading


def read_person(texts: Mapping[str, str], required: Collection[str], today: date) -> Reading:
    """Return what cells state of a person, units apart; one reader for every list people hand in.

    A cell of an optional column that can't be read is left out with a note. A required one, and a day of joining, for
    which the day of the import would stand in, make the row bad; so does what contradicts the rest of the row.

    Args:
        texts: cells by field.
        required: fields every row needs.
        today: the day in China.
    """
    stated = {name: None if rules.is_empty(text) else text for name, text in texts.items()}
    reading = Reading({}, [_missing(name) for name in required if not stated.get(name)])
    for name, text in stated.items():
        if name not in ("unit", "group"):
            reading.person[name] = None if text is None else _read(name, text, reading, required)
    reading.person = details.in_written_form(reading.person)
    _fill_in(reading, stated)
    _month_of_joining(reading, stated)
    for refusal in details.refusals_of(reading.person, today):
        optional = refusal.field in _MAY_BE_LEFT_OUT and refusal.field not in required
        reading.refuse(refusal, optional)
        if optional:
            reading.person[refusal.field or ""] = None
    return reading


def _missing(name: str) -> Refusal:
    refusal = rules.field_is_filled(name, "")
    assert refusal is not None
    return refusal


def _read(name: str, text: str, reading: Reading, required: Collection[str]) -> Any:
    """Return the value of a cell, None with a refusal or a note added when it can't be read."""
    if name in _DAYS:
        is_month = name in _MAY_BE_MONTHS and rules.months_of(text)
        answer = None if is_month else rules.day_is_readable(name, text)
        value: Any = None if is_month else rules.day_of(text)
    elif name in _WORDS:
        answer = rules.word_is_known(name, text)
        value = rules.word_of(name, text)
    else:
        answer = rules.digits_are_whole(name, text) or rules.text_is_short_enough(name, text)
        value = text
    if reading.refuse(answer, optional=name not in required and name != "joined_on"):
        return None
    return value


def _fill_in(reading: Reading, stated: Mapping[str, str | None]) -> None:
    """Take sex and date of birth from the identity number where the row doesn't state them readably."""
    person, number = reading.person, reading.person.get("id_number")
    for name, read in (("gender", details.gender_in), ("birth_date", _birth_in)):
        if person.get(name) is None and isinstance(number, str):
            person[name] = read(number)
            reading.derived.append(name)
    months, born = rules.months_of(stated.get("birth_date") or ""), person.get("birth_date")
    if months and born and "birth_date" in reading.derived:
        reading.refuse(rules.month_is_of_birth(months, born), optional=False)


def _birth_in(number: str) -> date | None:
    return details.birth_date_in(number) if len(number) == 18 and is_digits(number[6:14]) else None


def _month_of_joining(reading: Reading, stated: Mapping[str, str | None]) -> None:
    """Of a month alone the first day counts, or the day of hiring in that month; a note says so."""
    text = stated.get("joined_on") or ""
    months = rules.months_of(text) if reading.person.get("joined_on") is None else frozenset()
    if len(months) > 1:
        reading.refuse(rules.day_is_readable("joined_on", text), optional=False)
    elif months:
        ((year, month),) = months
        hired = reading.person.get("hired_on")
        same_month = hired is not None and (hired.year, hired.month) == (year, month)
        reading.person["joined_on"] = hired if same_month else date(year, month, 1)
        reading.notes.append(rules.month_has_a_day(reading.person["joined_on"]))


def _place(reading: Reading, stated: Mapping[str, str | None], places: Places) -> None:
    unit = group = None
    if stated.get("unit"):
        unit = places.units.get(rules.unit_key(stated["unit"] or ""))
        reading.refuse(rules.unit_is_known("unit", unit is not None), optional=False)
        reading.refuse(directory.refusal_to_take_members(unit) if unit is not None else None, optional=False)
    if stated.get("group") and unit is not None:
        group = places.groups.get((unit.id, rules.unit_key(stated["group"] or "")))
        answer = rules.unit_is_known("group", group is not None) or directory.refusal_of_group(group, unit.id)
        group = None if reading.refuse(answer, optional=True) else group
    reading.person["unit_id"] = unit.id if unit else None
    reading.person["group_id"] = group.id if group else None


def column_of(refusal: Refusal) -> str | None:
    """Return the column a refusal is about."""
    return _COLUMN_OF.get(refusal.field or "", refusal.field)


def shown_value(column: str | None, texts: Mapping[str, str]) -> str | None:
    """Return the cell a refusal is about as it may be shown: masked where the field is sensitive."""
    text = texts.get(column or "")
    if not text:
        return None
    shown = details.masked(column, text) if column in SENSITIVE_FIELDS and column else text
    return _storable(shown or "")


def surplus_shown(beyond: Mapping[str, str]) -> str | None:
    """Return what stands in cells beyond the headings as it may be shown: of long numbers the first and last digits."""
    shown = ", ".join(_LONG_NUMBER.sub(r"\1***\2", text) for text in beyond.values())
    return _storable(shown) or None


def _storable(shown: str) -> str:
    # What a database can't store, a NUL above all, is not shown either.
    return "".join(mark for mark in shown[:_LONGEST_VALUE] if unicodedata.category(mark) not in _NOT_SHOWN)
