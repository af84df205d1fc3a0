"""The way of a dispute as a table; the diagram in the README is drawn from it. Roles are those in the case itself."""

from __future__ import annotations

from typing import Any

from services.chassis.rules.workflow import Transition, Workflow
from services.governance.mediation import rules

_CLERK = frozenset({"clerk"})
_WITHDRAWS = frozenset({"applicant", "clerk"})
"""The clerk, for who has no account."""
_LEADS = frozenset({"clerk", "mediator"})
_ANSWERS = frozenset({"clerk", "applicant", "respondent"})
_SYSTEM = frozenset({"system"})
_UNDECIDED = ("applied", "registered", "consent_check", "accepted", "mediating")
_AGREED = ("agreement", "confirmed")


def _has_mediator(_case: Any, context: Any) -> Any:
    return rules.a_mediator_serves(context["serving"])


def _all_agree(_case: Any, context: Any) -> Any:
    return rules.all_agree(context["answers"])


def _is_in_force(_case: Any, context: Any) -> Any:
    return rules.agreement_is_in_force(**context["marks"])


def _is_over(_case: Any, context: Any) -> Any:
    return rules.clock_ran_out(context["due_on"], context["today"])


DISPUTE = Workflow(
    "dispute",
    "applied",
    [
        Transition("applied", "register", "registered", _CLERK),
        Transition(("applied", "registered"), "refer", "referred", _CLERK),
        Transition("registered", "ask_consent", "consent_check", _CLERK),
        Transition("consent_check", "accept", "accepted", _ANSWERS, _all_agree),
        Transition("consent_check", "decline", "declined", _ANSWERS),
        Transition("accepted", "begin", "mediating", _LEADS, _has_mediator),
        Transition("mediating", "agree", "agreement", _LEADS, _is_in_force),
        Transition("mediating", "fail", "failed", _LEADS),
        Transition(_UNDECIDED, "expire", "expired", _SYSTEM, _is_over),
        Transition(_UNDECIDED, "withdraw", "withdrawn", _WITHDRAWS),
        Transition("agreement", "confirm", "confirmed", _CLERK),
        Transition(_AGREED, "perform", "performed", _CLERK),
        Transition(_AGREED, "breach", "breached", _CLERK),
    ],
)
