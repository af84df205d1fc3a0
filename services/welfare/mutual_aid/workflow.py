"""The ways of a cover period, a cover and a claim as tables; the diagrams in the README are drawn from them."""

from services.chassis.rules.workflow import Transition, Workflow

_OFFICER = frozenset({"officer"})
_LISTS = frozenset({"officer", "chair"})
_SYSTEM = frozenset({"system"})
CLAIMANT = "claimant"
"""The role of the member whose claim it is."""
_FILES = frozenset({"officer", CLAIMANT})

COVERED = ("covered", "ended")
"""States of a cover that protected its member on the days it has."""

PERIOD = Workflow(
    "mutual_aid_period",
    "open",
    [
        Transition("open", "close_list", "closed", _OFFICER),
        Transition("open", "cancel", "cancelled", _OFFICER),
    ],
)

COVER = Workflow(
    "mutual_aid_cover",
    "covered",
    [
        Transition("covered", "withdraw", "withdrawn", _LISTS),
        Transition("withdrawn", "enrol", "covered", _LISTS),
        Transition("covered", "end_early", "ended", _SYSTEM),
        Transition("covered", "end_before", "withdrawn", _SYSTEM),
        Transition(("ended", "withdrawn"), "run_on", "covered", _SYSTEM),
        Transition(COVERED, "cancel_period", "withdrawn", _SYSTEM),
    ],
)

CLAIM = Workflow(
    "mutual_aid_claim",
    "submitted",
    [
        Transition("submitted", "forward", "forwarded", _LISTS),
        Transition("forwarded", "send_on", "sent_on", _OFFICER),
        Transition("sent_on", "record_paid", "paid", _OFFICER),
        Transition("sent_on", "record_refused", "refused", _OFFICER),
        Transition(("submitted", "forwarded"), "withdraw", "withdrawn", _FILES),
    ],
)
