"""Which of the union's own rules of a key, scope and qualifiers are in force from when to when, before and after a
change. Pure: at any time at most one of them is in force.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """A rule's first and last day, both inclusive; `last` is None while no end is known."""

    rule_id: UUID
    first: date
    last: date | None

    def covers(self, day: date) -> bool:
        """Whether the rule is in force on a day."""
        return self.first <= day and (self.last is None or self.last >= day)


def after_setting(spans: Iterable[Span], new: Span) -> list[Span]:
    """Return the spans when a rule is set: the one before it ends the day before, it ends before the following one.

    A rule with the same first day is replaced.
    """
    others = [span for span in spans if span.first != new.first]
    earlier = [replace(span, last=new.first - _DAY) if span.covers(new.first) else span for span in others]
    return sorted([*earlier, _before_the_following(new, others)], key=_first)


def after_ending(spans: Iterable[Span], rule_id: UUID, last: date) -> list[Span]:
    """Return the spans when a rule gets its last day, the day before the following rule at the latest."""
    known = list(spans)
    return [
        _before_the_following(replace(span, last=last), known) if span.rule_id == rule_id else span for span in known
    ]


def after_withdrawing(
    spans: Iterable[Span], rule_id: UUID, before: Mapping[UUID, date | None] | None = None
) -> list[Span]:
    """Return the spans when a rule is withdrawn: the one that ended because of it goes on.

    Args:
        spans: of all rules.
        rule_id: of the one that is withdrawn.
        before: the last day that a rule had until this one was set, where it is known; else it takes this one's.
    """
    earlier = before or {}
    known = list(spans)
    gone = next(span for span in known if span.rule_id == rule_id)
    others = [span for span in known if span.rule_id != rule_id]
    return [
        _before_the_following(replace(span, last=earlier.get(span.rule_id, gone.last)), others)
        if span.last == gone.first - _DAY
        else span
        for span in others
    ]


def _before_the_following(span: Span, others: Iterable[Span]) -> Span:
    following = min((other.first for other in others if other.first > span.first), default=None)
    if following is None:
        return span
    latest = following - _DAY
    return replace(span, last=latest if span.last is None else min(span.last, latest))


def _first(span: Span) -> date:
    return span.first
