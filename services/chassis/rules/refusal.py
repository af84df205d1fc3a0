"""The answers of rules. Standard library only, so that rules stay pure functions."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Literal, Protocol


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


class Written(Protocol):
    """Where the figure of a rule is written: a document, its number and article, and the rule set it came with."""

    @property
    def document(self) -> str: ...
    @property
    def number(self) -> str | None: ...
    @property
    def article(self) -> str | None: ...
    @property
    def ruleset(self) -> str: ...


class Figure(Written, Protocol):
    """A figure of the rulebook."""

    @property
    def key(self) -> str: ...
    @property
    def value(self) -> Any: ...


SOURCE = ("document", "number", "article", "ruleset")
"""Figures of a refusal that say where its rule is written."""


def cited(rule: Figure) -> dict[str, Any]:
    """Return what a rule says and where it is written, to be kept with what it decided."""
    return {name: getattr(rule, name) for name in ("key", "value", *SOURCE)}


def sourced(refusal: Refusal | None, rule: Written | None) -> Refusal | None:
    """Return the refusal with where its rule is written; unchanged when either is None."""
    if refusal is None or rule is None:
        return refusal
    return dataclasses.replace(refusal, params={**refusal.params, **{name: getattr(rule, name) for name in SOURCE}})


@dataclasses.dataclass(frozen=True)
class Verdict:
    """What a decision about somebody came to: granted, or refused by a rule.

    Args:
        refusal: of the rule that refused; None when it is granted.
        amount: in yuan, what is granted, where that follows from the decision.
    """

    refusal: Refusal | None = None
    amount: Decimal | None = None

    @property
    def outcome(self) -> Literal["granted", "refused"]:
        """What it came to, in one word."""
        return "granted" if self.refusal is None else "refused"

    @property
    def reason(self) -> str | None:
        """The rule that refused."""
        return self.refusal.rule if self.refusal is not None else None

    @property
    def params(self) -> dict[str, Any]:
        """The figures of the refusal."""
        return self.refusal.params if self.refusal is not None else {}


def number_is_as_seen(found: int, expected: int | None) -> Refusal | None:
    """What is done to many is done to as many as the asker saw.

    Args:
        found: how many there are now.
        expected: how many were seen; None where nobody said.
    """
    if expected is None or found == expected:
        return None
    detail = f"There are {found} of them now, not {expected}; look at the list again."
    return Refusal("many.number_is_as_seen", detail, "expected", {"found": found, "expected": expected})


def first_refusal(answers: Iterable[Refusal | None]) -> Refusal | None:
    """Return the first refusal among the answers of several rules, or None when all agree."""
    return next((answer for answer in answers if answer is not None), None)
