"""The way of a suggestion as a table; the README draws it."""

from __future__ import annotations

from services.chassis.rules.workflow import Transition, Workflow

AUTHOR, HANDLER = "author", "handler"
"""Who made a suggestion by name; an officer, or the chair of the unit that answers."""
_HANDLERS, _AUTHOR = frozenset({HANDLER}), frozenset({AUTHOR})

SUGGESTION = Workflow(
    "suggestion",
    "received",
    [
        Transition("received", "pass_on", "received", _HANDLERS),
        Transition("received", "answer", "answered", _HANDLERS),
        Transition("received", "close", "closed", _HANDLERS),
        Transition("received", "withdraw", "withdrawn", _AUTHOR),
        Transition("answered", "revise", "answered", _HANDLERS),
        Transition("answered", "publish", "answered", _HANDLERS),
        Transition("answered", "unpublish", "answered", _HANDLERS),
    ],
)
