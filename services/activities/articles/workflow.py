"""The workflow of an article. That its writer does not publish it is a rule of the use case."""

from __future__ import annotations

from services.chassis.rules.workflow import Transition, Workflow

CLOCK = "clock"
"""The role of recurring work."""
_OFFICER = frozenset({"officer"})

ARTICLE = Workflow(
    "article",
    "draft",
    [
        Transition(("draft", "review"), "save", "draft"),
        Transition("published", "save", "published"),
        Transition("draft", "submit", "review"),
        Transition(("review", "scheduled"), "return", "draft", _OFFICER),
        Transition("published", "return", "published", _OFFICER),
        Transition("review", "publish", "published", _OFFICER),
        Transition("published", "publish", "published", _OFFICER),
        Transition("review", "schedule", "scheduled", _OFFICER),
        Transition("scheduled", "release", "published", frozenset({CLOCK})),
        Transition(("scheduled", "published"), "withdraw", "withdrawn", _OFFICER),
        Transition("published", "place", "published", _OFFICER),
        Transition("withdrawn", "rework", "draft"),
    ],
)
"""A scheduled article is not changed under its approval: it is returned first. Of a published one the change that
waits is returned; readers keep what they see."""
