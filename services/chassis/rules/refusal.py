"""The answer of a rule that refuses. Standard library only, so that rules stay pure functions."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import Any


@dataclasses.dataclass(frozen=True)
class Refusal:
    """A rule's refusal, in words that a person can act on.

    Args:
        rule: stable name of the rule, `subject.rule_as_assertion`.
        detail: why, for the person who asked; holds no personal data.
        field: the input field the rule looked at, if any.
        params: figures the rule used, JSON values only.
    """

    rule: str
    detail: str
    field: str | None = None
    params: dict[str, Any] = dataclasses.field(default_factory=dict)


def first_refusal(answers: Iterable[Refusal | None]) -> Refusal | None:
    """Return the first refusal among the answers of several rules, or None when all agree."""
    return next((answer for answer in answers if answer is not None), None)
