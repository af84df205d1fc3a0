"""The way of a contest as a table; the diagram in the README is drawn from it."""

from services.chassis.rules.workflow import Transition, Workflow

ORGANISER = frozenset({"officer", "chair"})
OFFICER = frozenset({"officer"})

CONTEST = Workflow(
    "contest",
    "preparing",
    [
        Transition("preparing", "open", "judging", ORGANISER),
        Transition("judging", "close_last_group", "provisional", ORGANISER),
        Transition("provisional", "reopen_group", "judging", ORGANISER),
        Transition("provisional", "publish", "published", ORGANISER),
        Transition("published", "withdraw", "provisional", OFFICER),
    ],
)
"""Groups are closed one by one; the last one makes the results provisional."""
