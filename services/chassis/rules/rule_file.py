"""The format of rule files, and reading them.

A rule file is JSON: a head with the name of the rule set, and rules with key, value, unit, document and dates. A value
is any JSON value except a float: fractions and amounts are written as text, so that they stay exact.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from marshmallow import ValidationError, fields, validate, validates, validates_schema

from services.chassis.errors import InvalidInput
from services.chassis.rules.qualifiers import PATTERN, UNQUALIFIED, read, written
from services.chassis.schema import InputError, Schema, invalid

EVERY_SCOPE = ""
"""The stored scope of a rule that applies everywhere."""
OWN = "own"
"""The rule set of rules that the union made itself; no file contains it."""


class RuleSchema(Schema):
    """One rule of a rule file.

    `basis` is what the value is counted by, `qualifiers` narrow the rule down, `certainty` is how sure the figure is.
    """

    key = fields.String(required=True, validate=validate.Regexp(r"\A[a-z0-9_]+(\.[a-z0-9_]+)*\Z"))
    value = fields.Raw(required=True)
    unit = fields.String(required=True, validate=validate.Length(min=1, max=30))
    scope = fields.String(load_default=EVERY_SCOPE, allow_none=True, validate=validate.Length(max=60))
    title = fields.String(required=True, validate=validate.Length(min=1, max=200))
    number = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=100))
    article = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=100))
    valid_from = fields.Date(required=True)
    valid_to = fields.Date(load_default=None, allow_none=True)
    basis = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=30))
    qualifiers = fields.String(load_default=UNQUALIFIED, validate=validate.Regexp(rf"\A{PATTERN}\Z"))
    certainty = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=10))

    @validates("value")
    def value_is_exact(self, value: Any, **_: Any) -> None:
        """Refuse floats, at any depth."""
        if _holds_float(value):
            raise invalid("rules.fraction_inexact", "Write a fraction as text, so that it stays exact.")

    @validates_schema
    def dates_are_in_order(self, rule: Mapping[str, Any], **_: Any) -> None:
        """Refuse a rule that ends before it begins."""
        if rule["valid_to"] and rule["valid_to"] < rule["valid_from"]:
            raise invalid("rules.ends_before_it_begins", "The rule ends before it begins.", field="valid_to")


class RuleFileSchema(Schema):
    """A rule file: its rule set, a description, and the rules."""

    ruleset = fields.String(required=True, validate=validate.Regexp(r"\A[a-z0-9_-]{1,60}\Z"))
    title = fields.String(load_default="")
    note = fields.String(load_default="")
    rules = fields.List(fields.Nested(RuleSchema), required=True)


def read_rules(
    source: Path | str | Iterable[Mapping[str, Any]], ruleset: str | None
) -> tuple[str, list[dict[str, Any]]]:
    """Read and check a rule file, or a list of rules as in one.

    Args:
        source: the path of a rule file, or its rules.
        ruleset: the rule set of a list; for a file, what its head must say.

    Returns:
        The name of the rule set, and the rules with typed values.

    Raises:
        InvalidInput: not JSON, a field is missing, unknown or wrong, a number is not exact, or another rule set.
    """
    try:
        if isinstance(source, (Path, str)):
            content = json.loads(Path(source).read_text(encoding="utf-8"))
        else:
            content = {"ruleset": ruleset, "rules": [dict(rule) for rule in source]}
        loaded = RuleFileSchema().load(content)
    except ValidationError as wrong:
        raise InvalidInput("The rules are not valid.", errors=wrong.normalized_messages()) from None
    except json.JSONDecodeError as broken:
        detail = f"The rule file is not JSON (line {broken.lineno})."
        raise InvalidInput(InputError("file.unreadable", detail), field="ruleset") from None
    if ruleset is not None and loaded["ruleset"] != ruleset:
        detail = f"The file holds rule set {loaded['ruleset']}, not {ruleset}."
        raise InvalidInput(InputError("input.other_value", detail), field="ruleset")
    return loaded["ruleset"], [_as_stored(rule) for rule in loaded["rules"]]


def _as_stored(rule: Mapping[str, Any]) -> dict[str, Any]:
    return {**rule, "scope": rule["scope"] or EVERY_SCOPE, "qualifiers": written(read(rule["qualifiers"]))}


def _holds_float(value: Any) -> bool:
    if isinstance(value, Mapping):
        return any(_holds_float(item) for item in value.values())
    if isinstance(value, list):
        return any(_holds_float(item) for item in value)
    return isinstance(value, float)
