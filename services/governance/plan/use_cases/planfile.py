"""The format of plan files, JSON with a head and items, and parsing them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from services.chassis.errors import InvalidInput
from services.chassis.input_errors import flatten
from services.chassis.rules.refusal import first_refusal
from services.chassis.schema import Choice, InputError, Schema, Text, invalid
from services.contracts.governance.plan.events import MEASURES, PARTS
from services.governance.plan import rules

FORMAT = "gonghui-plan/1"
SHIPPED = Path(__file__).parents[1] / "data" / "plan-2023.json"
MOST_ITEMS = 500

_MONTH = validate.Range(min=1, max=12)


class ItemInFile(Schema):
    """One item of a plan file; `key` identifies it permanently within its plan."""

    key = fields.String(
        required=True, validate=[validate.Length(max=80), validate.Regexp(r"\A[a-z0-9]+(-[a-z0-9]+)*\Z")]
    )
    part = Choice(PARTS, required=True)
    month = fields.Integer(strict=True, load_default=None, allow_none=True, validate=_MONTH)
    month_to = fields.Integer(strict=True, load_default=None, allow_none=True, validate=_MONTH)
    title = Text(120, 1, required=True)
    title_en = Text(200, 1, required=True)
    owner = Text(60, 1, required=True)
    owner_en = Text(100, 1, required=True)
    kind = Text(40, 1, load_default=None, allow_none=True)
    measure = Choice(MEASURES, required=True)
    target = fields.Integer(strict=True, load_default=1, validate=validate.Range(min=1, max=1000))
    default_capacity = fields.Integer(
        strict=True, load_default=None, allow_none=True, validate=validate.Range(min=1, max=200_000)
    )
    default_duration_minutes = fields.Integer(
        strict=True, load_default=None, allow_none=True, validate=validate.Range(min=5, max=60_000)
    )

    @validates_schema(skip_on_field_errors=True)
    def fields_fit(self, item: Mapping[str, Any], **_: Any) -> None:
        """Refuse what officers can't enter either: a reversed span, a calendar item without month, no kind."""
        refusal = first_refusal(
            [
                rules.months_are_in_order(item["month"], item["month_to"]),
                rules.calendar_item_has_month(item["part"], item["month"]),
                rules.activity_item_has_kind(item["measure"], item["kind"]),
            ]
        )
        if refusal:
            raise invalid(refusal.rule, refusal.detail, field=refusal.field or "key", **refusal.params)


class PlanFile(Schema):
    """A plan file: format, year, titles, items in the plan's order."""

    format = fields.String(required=True, validate=validate.Equal(FORMAT))
    year = fields.Integer(strict=True, required=True, validate=validate.Range(min=2000, max=2099))
    title = Text(120, 1, required=True)
    title_en = Text(200, 1, required=True)
    items = fields.List(fields.Nested(ItemInFile), required=True, validate=validate.Length(min=1, max=MOST_ITEMS))

    @validates_schema(skip_on_field_errors=True)
    def keys_are_unique(self, plan: Mapping[str, Any], **_: Any) -> None:
        """Refuse two items of the same key, naming the second."""
        seen: set[str] = set()
        for index, item in enumerate(plan["items"]):
            if item["key"] in seen:
                error = InputError("plan.key_twice", f"The key {item['key']} stands twice.")
                raise ValidationError({"items": {index: {"key": [error]}}})
            seen.add(item["key"])


def read_plan(document: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return the typed content of a plan document, the shipped plan of 2023 when none is given.

    Raises:
        InvalidInput: a field is missing, unknown or wrong; `errors` names it under `document`.
    """
    content = json.loads(SHIPPED.read_text(encoding="utf-8")) if document is None else document
    try:
        loaded: dict[str, Any] = PlanFile().load(content)
    except ValidationError as wrong:
        raise InvalidInput(
            "The plan file is not valid.", errors=flatten(wrong.normalized_messages(), "document")
        ) from None
    return loaded
