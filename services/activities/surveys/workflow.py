"""The workflow of a survey. Questions and anonymity change in drafts only, because only they can be saved."""

from __future__ import annotations

from services.chassis.rules.workflow import Transition, Workflow

RUNS = "runs"
"""The role of who runs a survey: an officer, or a chair of its unit."""
CLOCK = "clock"
"""The role of the recurring work, which makes keys, opens and closes in time."""
_BY_BOTH = frozenset({RUNS, CLOCK})
_BY_HAND = frozenset({RUNS})

SURVEY = Workflow(
    "survey",
    "draft",
    [
        Transition("draft", "save", "draft", _BY_HAND),
        Transition("draft", "open", "opening", _BY_BOTH),
        Transition("opening", "begin", "open", frozenset({CLOCK})),
        Transition("open", "extend", "open", _BY_HAND),
        Transition("open", "close", "closed", _BY_BOTH),
        Transition("closed", "publish", "published", _BY_HAND),
        Transition(("draft", "opening", "open"), "cancel", "cancelled", _BY_HAND),
    ],
)
