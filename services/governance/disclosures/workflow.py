"""The ways of a disclosure and of a question about it as tables; the README draws them."""

from __future__ import annotations

from services.chassis.rules.workflow import Transition, Workflow

_OFFICER, _AUDITOR = frozenset({"officer"}), frozenset({"auditor"})

DISCLOSURE = Workflow(
    "disclosure",
    "draft",
    [
        Transition("draft", "change", "draft", _OFFICER),
        Transition("draft", "submit", "submitted", _OFFICER),
        Transition("submitted", "return", "draft", _AUDITOR),
        Transition("submitted", "approve", "approved", _AUDITOR),
        Transition("approved", "publish", "published", _OFFICER),
        Transition("published", "withdraw", "withdrawn", _OFFICER),
    ],
)
QUESTION = Workflow(
    "disclosure_question",
    "asked",
    [
        Transition(("asked", "answered"), "answer", "answered", _OFFICER),
        Transition("asked", "decline", "declined", _OFFICER),
    ],
)
