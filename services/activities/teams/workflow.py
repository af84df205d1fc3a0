"""The workflows of a team and of a player in it."""

from services.chassis.rules.workflow import Transition, Workflow

TEAM = Workflow(
    "team",
    "forming",
    [
        Transition("forming", "confirm", "confirmed"),
        Transition(("forming", "confirmed"), "end", "withdrawn"),
    ],
)
TEAM_PLAYER = Workflow(
    "team_player",
    "asked",
    [
        Transition(("asked", "declined", "left"), "invite", "invited"),
        Transition("asked", "join", "accepted"),
        Transition("invited", "accept", "accepted"),
        Transition("invited", "decline", "declined"),
        Transition(("invited", "accepted"), "leave", "left"),
    ],
)
"""`asked` is never stored: the same transaction invites, or lets the captain join."""
