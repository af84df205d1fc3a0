"""Forms: what a person fills in, drawn from a contract's schema and turned into a payload for it.

The schema says what is required, how long, which values; a `Field` adds the label, the kind of control and the hint.
What the owning service refuses comes back beside the field it names.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import marshmallow
from flask_babel import gettext
from marshmallow import fields as kinds
from marshmallow import validate
from werkzeug.datastructures import MultiDict

from gateway.portal.form_fields import Field as Field
from gateway.portal.form_fields import completed_fields, default_of, label_of
from gateway.portal.formats import in_china, input_moment
from gateway.portal.messages import say
from gateway.portal.uploads import upload_of
from services.chassis.amounts import plain_amount
from services.chassis.errors import Problem
from services.chassis.input_errors import flatten

_NUMBERS = ("number", "money", "date", "moment")
"""Controls in which full-width digits, as Chinese input methods give them, are read as the plain ones."""


@dataclass
class Control:
    """A field as it stands on this page: with its value, its limits and what is wrong with it."""

    spec: Field
    value: Any
    errors: list[str]
    required: bool
    attributes: dict[str, Any]
    prefix: str = ""
    inside: str = ""

    @property
    def name(self) -> str:
        return f"{self.inside}{self.spec.name}"

    @property
    def id(self) -> str:
        return f"{self.prefix}{self.spec.name.replace('_', '-')}"

    @property
    def choices(self) -> Mapping[str, Any]:
        return self.spec.offered

    @property
    def described_by(self) -> str | None:
        parts = [f"{self.id}-hint"] if self.spec.hint else []
        parts += [f"{self.id}-error"] if self.errors else []
        return " ".join(parts) or None

    def has(self, choice: str) -> bool:
        """Whether a choice is taken."""
        if isinstance(self.value, list | tuple | set):
            return choice in {str(value) for value in self.value}
        return str(choice) == ("" if self.value is None else str(self.value))


class Form:
    """A set of fields over one request schema.

    Args:
        schema: the contract's request schema; None when no contract stands behind the form.
        fields: what to ask, in order; a name stands for the field as the contract has it.
        values: what stands in the fields at first; others have what the contract takes where nothing is given.
        posted: what the person sent; wins over `values`.
        prefix: keeps ids apart when a page has several forms.
        inside: begins the names of the controls where several stand in one form of the page; `posted` has none of it.
    """

    def __init__(
        self,
        schema: type[marshmallow.Schema] | None,
        fields: Sequence[Field | str],
        values: Mapping[str, Any] | None = None,
        posted: MultiDict[str, str] | None = None,
        prefix: str = "",
        inside: str = "",
    ) -> None:
        self.schema_fields = schema().fields if schema else {}
        self.specs = completed_fields(fields, self.schema_fields)
        self.values = dict(values or {})
        self.posted = posted
        self.prefix = prefix
        self.inside = inside
        self.errors: dict[str, list[str]] = {}
        self.problem: Problem | None = None

    def __iter__(self) -> Iterator[Control]:
        return iter([self._control(spec) for spec in self.specs])

    def __getitem__(self, name: str) -> Control:
        return self._control(next(spec for spec in self.specs if spec.name == name))

    def payload(self) -> dict[str, Any]:
        """Return what was filled in as JSON values; what was left empty is left out.

        It is null where that is allowed, and where something stood in the field at first: cleared is not unchanged,
        and a contract that needs the value says so.
        """
        posted = self.posted if self.posted is not None else MultiDict()
        payload: dict[str, Any] = {}
        for spec in self.specs:
            if spec.control == "file":
                payload.update(upload_of(spec.name) or {})
                continue
            value = _read(spec, posted)
            if value not in (None, "", []) or spec.control in ("checks", "check"):
                payload[spec.name] = value
            elif spec.name in posted and (self._may_be_null(spec.name) or self._stood(spec.name)):
                payload[spec.name] = None
        return payload

    def offer(self, name: str, choices: Collection[str] | None) -> None:
        """Offer only some of the choices of a field; None or none of them leaves it as it is."""
        if choices:
            self.specs = [
                replace(spec, choices={one: text for one, text in spec.offered.items() if one in choices})
                if spec.name == name
                else spec
                for spec in self.specs
            ]

    def take(self, problem: Problem) -> None:
        """Put what a service refused beside the fields it names; what names none stands above the form."""
        self.problem = problem
        found = problem.params.get("errors") or ({problem.field: [problem.detail]} if problem.field else {})
        for name, messages in found.items():
            texts = [
                self._where(str(name), path) + (say(problem) if text == problem.detail else say(text))
                for path, found_there in flatten(messages).items()
                for text in found_there
            ]
            self.errors.setdefault(str(name), []).extend(texts)

    @property
    def unplaced(self) -> list[str]:
        """Errors of fields this page does not show."""
        shown = {spec.name for spec in self.specs}
        return [
            gettext("%(what)s：%(wrong)s", what=self._called(name), wrong=text)
            for name, texts in self.errors.items()
            if name not in shown
            for text in texts
        ]

    def _called(self, name: str) -> str:
        """Return what people call a field of the contract, else its name."""
        source = self.schema_fields.get(name)
        return str(label_of(source) or name) if source is not None else name

    def _where(self, name: str, path: str) -> str:
        """Return which row of a list, and what of it, an error is about; nothing where it is about the field.

        Args:
            name: of the field.
            path: below the field, as `flatten` writes it, such as `0.days`.
        """
        row, _, inner = path.partition(".")
        if not row.isdigit():
            return ""
        source = self.schema_fields.get(name)
        of_row = source.inner if isinstance(source, kinds.List) else None
        known = of_row.schema.fields if isinstance(of_row, kinds.Nested) else {}
        label = (label_of(known[inner]) if inner in known else None) or ""
        return gettext("第 %(number)s 行%(what)s：", number=int(row) + 1, what=label)

    def _may_be_null(self, name: str) -> bool:
        found = self.schema_fields.get(name)
        return found is not None and bool(found.allow_none)

    def _stood(self, name: str) -> bool:
        return self.values.get(name) not in (None, "", [])

    def _control(self, spec: Field) -> Control:
        schema_field = self.schema_fields.get(spec.name)
        required = bool(schema_field is not None and schema_field.required)
        if spec.required is not None:
            required = spec.required
        attributes = {**_limits(schema_field, spec.control), **spec.extra}
        return Control(
            spec, self._value(spec), self.errors.get(spec.name, []), required, attributes, self.prefix, self.inside
        )

    def _value(self, spec: Field) -> Any:
        if self.posted is not None:
            return self.posted.getlist(spec.name) if spec.control == "checks" else self.posted.get(spec.name, "")
        value = self.values[spec.name] if spec.name in self.values else default_of(self.schema_fields.get(spec.name))
        if spec.control == "moment":
            return input_moment(value)
        return "" if value is None else value


def _read(spec: Field, posted: MultiDict[str, str]) -> Any:
    if spec.control == "checks":
        return [value for value in posted.getlist(spec.name) if value]
    if spec.control == "check":
        return spec.name in posted
    text = posted.get(spec.name, "")
    text = text if spec.control == "password" else text.strip()
    if spec.control in _NUMBERS:
        text = unicodedata.normalize("NFKC", text)
    if spec.control == "moment" and text:
        return in_china(text)
    if spec.control == "number" and re.fullmatch("-?[0-9]{1,15}", text):
        return int(text)
    if spec.control == "money":
        return plain_amount(text)
    return text.replace("\r\n", "\n")


def _limits(schema_field: kinds.Field | None, control: str) -> dict[str, Any]:
    """Return the HTML attributes that let the browser help before anything is sent."""
    limits: dict[str, Any] = {}
    for check in schema_field.validators if schema_field is not None else ():
        if isinstance(check, validate.Length) and control in ("text", "textarea", "password", "email", "tel"):
            limits.update({"maxlength": check.max} if check.max else {})
            limits.update({"minlength": check.min} if check.min and check.min > 1 else {})
        if isinstance(check, validate.Range) and control in ("number", "money"):
            limits.update({"min": check.min} if check.min is not None else {})
            limits.update({"max": check.max} if check.max is not None else {})
    return limits
