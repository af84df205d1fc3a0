"""Rules of suggestions. Pure: days and counts are arguments.

Source: the suggestions box is the union's own practice; 工会法 (2021) Art. 6 has the union hear its members.
"""

from __future__ import annotations

from uuid import UUID

from services.chassis.rules.refusal import Refusal

MOST_WAITING = 20
"""Suggestions of one member that wait for an answer."""
MOST_ANONYMOUS = 500
"""Anonymous suggestions that wait: anybody can make one, and nobody reads more of them in time."""


def few_of_one_wait(waiting: int) -> Refusal | None:
    """One member's suggestions are answered before more are made."""
    if waiting < MOST_WAITING:
        return None
    detail = f"{MOST_WAITING} of your suggestions wait for an answer."
    return Refusal("suggestions.few_of_one_wait", detail, params={"most": MOST_WAITING})


def box_is_not_full(waiting: int) -> Refusal | None:
    """The box takes so many anonymous suggestions as can be read."""
    if waiting < MOST_ANONYMOUS:
        return None
    detail = "Too many anonymous suggestions wait for an answer; make one by name, or later."
    return Refusal("suggestions.box_is_not_full", detail, params={"most": MOST_ANONYMOUS})


def another_answers(now: UUID | None, then: UUID | None) -> Refusal | None:
    """A suggestion is passed on to another than has it."""
    if now != then:
        return None
    return Refusal("suggestions.another_answers", "It is there already; choose another unit.", "unit_id")


def author_agreed(may_publish: bool) -> Refusal | None:
    """Only what its author agreed to is read by all."""
    if may_publish:
        return None
    return Refusal("suggestions.author_agreed", "The author did not agree that all may read it.")


def is_published(published: bool) -> Refusal | None:
    """What is not published can't be taken back."""
    return None if published else Refusal("suggestions.is_published", "This answer is not published.")
