"""The ways of a meeting, its minutes, a motion and an action item as tables; the README draws them.

The roles are those somebody has in a meeting (`use_cases.store.roles_in`): `manager` prepares and runs it, `presider`
approves its minutes, `proposer` made the motion, `owner` does the action item, `clock` is the recurring work.
"""

from services.chassis.rules.workflow import Transition, Workflow

MANAGER, PRESIDER, PROPOSER, OWNER, SEATED, READER = (
    "manager", "presider", "proposer", "owner", "seated", "reader",
)  # fmt: skip
CLOCK = "clock"
_MANAGER, _PRESIDER = frozenset({MANAGER}), frozenset({PRESIDER})

BEFORE = ("planned", "convened")
"""States in which a meeting can be changed."""
HELD = ("open", "ended")
"""States in which minutes are written and action items given."""

MEETING = Workflow(
    "meeting",
    "planned",
    [
        Transition("planned", "convene", "convened", _MANAGER),
        Transition(BEFORE, "cancel", "cancelled", _MANAGER),
        Transition("convened", "open", "open", _MANAGER),
        Transition("open", "end", "ended", _MANAGER),
        Transition("ended", "resume", "open", _MANAGER),
    ],
)
MINUTES = Workflow(
    "meeting_minutes",
    "none",
    [
        Transition(("none", "draft"), "save", "draft", _MANAGER),
        Transition("draft", "circulate", "circulated", _MANAGER),
        Transition("circulated", "return", "draft", _PRESIDER),
        Transition("circulated", "approve", "approved", _PRESIDER),
    ],
)
_WAITING = ("submitted", "postponed")
MOTION = Workflow(
    "meeting_motion",
    "submitted",
    [
        Transition(_WAITING, "place", "placed", _MANAGER),
        Transition(_WAITING, "decline", "declined", _MANAGER),
        Transition(_WAITING, "withdraw", "withdrawn", frozenset({PROPOSER})),
        Transition("placed", "take_off", "submitted", _MANAGER),
        Transition("placed", "postpone", "postponed", _MANAGER),
        Transition("placed", "pass", "passed", _MANAGER),
        Transition("placed", "reject", "rejected", _MANAGER),
        Transition(("passed", "rejected"), "void", "placed", _MANAGER),
    ],
)
VOTE = Workflow(
    "meeting_vote",
    "voting",
    [
        Transition("voting", "count", "decided", frozenset({MANAGER, CLOCK})),
        Transition("voting", "fail", "invalid", frozenset({MANAGER, CLOCK})),
        Transition("voting", "cancel", "cancelled", frozenset({MANAGER, CLOCK})),
    ],
)
"""A ballot that a meeting called: counted into a decision, or not valid because too few took part."""
ACTION = Workflow(
    "action_item",
    "open",
    [
        Transition("open", "progress", "open", frozenset({OWNER, MANAGER})),
        Transition("open", "change", "open", _MANAGER),
        Transition("open", "finish", "done", frozenset({OWNER, MANAGER})),
        Transition("open", "drop", "dropped", _MANAGER),
        Transition(("done", "dropped"), "reopen", "open", _MANAGER),
    ],
)
