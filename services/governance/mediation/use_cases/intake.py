"""How a case comes in: classified by the rules, in writing, orally, or proposed; taken by a clerk, given back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.numbering import next_number_of_year
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotFound, refuse_first
from services.chassis.rules.months import months_before
from services.chassis.rules.refusal import sourced
from services.chassis.rules.rulebook import rule_in_force
from services.chassis.security.principal import require_member
from services.governance.mediation import rules
from services.governance.mediation.tables import WAITS_FOR_CLERK, DisputeCase, DisputeMediator, DisputeParty
from services.governance.mediation.use_cases.offices import in_office
from services.governance.mediation.use_cases.reading import row
from services.governance.mediation.use_cases.store import (
    case_of,
    key_of,
    note_entry,
    start_clock,
    tell,
    tell_all,
    written,
)

Request = Mapping[str, Any]
_NO_MEMBER = "This account belongs to no member."


def classify_matter(tx: Transaction, request: Request) -> dict[str, Any]:
    """Return whether a matter is mediated here, or where to go, with the document; and what may stand in the way.

    Raises:
        NoRuleInForce: no rule says where the matter belongs, or how long the limit is.
    """
    route = rule_in_force(tx, f"mediation.route.{request['matter']}", tx.today)
    refuse_first(rules.day_is_past(request["known_on"], tx.today))
    return {
        "route": route.value, "mediated": route.value == rules.HERE, **written(route),
        "warnings": _warnings(tx, request),
    }  # fmt: skip


def apply_for_mediation(tx: Transaction, request: Request) -> dict[str, Any]:
    """Keep a written application; a clerk is still to take it. Its days run from now.

    Raises:
        Refused: the law opens another way for the matter.
        NoRuleInForce: a rule is missing.
    """
    member_id = require_member(tx.principal, _NO_MEMBER, rule="mediation.caller_is_a_member")
    case = _opened(tx, request, "written")
    _add(tx, case, "applicant", request["applicant_name"], request["applicant_contact"], member_id, consent=True)
    _add(tx, case, "respondent", request["respondent_name"], None, None)
    start_clock(tx, case, tx.today)
    note_entry(tx, case, "apply", {"applicant"})
    tell(tx, [None])
    tx.session.flush()
    return row(tx, case)


def record_dispute(tx: Transaction, request: Request) -> dict[str, Any]:
    """Keep an oral application as it was taken down, or a case the committee proposes; the caller is its clerk.

    The days of a proposed case run from the day on which both sides agree.

    Raises:
        Refused: the law opens another way, or the clerk is a party.
    """
    clerk = require_member(tx.principal, _NO_MEMBER, rule="mediation.caller_is_a_member")
    parties = (request["applicant_member_id"], request["respondent_member_id"])
    refuse_first(rules.mediator_is_no_party(clerk in parties), rules.party_is_new(None not in parties
                 and parties[0] == parties[1]))  # fmt: skip
    is_oral = request["origin"] == "oral"
    case = _opened(tx, request, request["origin"])
    case.clerk_id, case.recorded_at = clerk, (request["recorded_at"] or tx.now) if is_oral else None
    asked = True if is_oral else None
    _add(tx, case, "applicant", request["applicant_name"], request["applicant_contact"], parties[0], consent=asked)
    _add(tx, case, "respondent", request["respondent_name"], None, parties[1])
    if is_oral:
        start_clock(tx, case, tx.today)
    note_entry(tx, case, "record" if is_oral else "propose", {"clerk"})
    tx.session.flush()
    return row(tx, case)


def dispute_queue(tx: Transaction, request: Request) -> dict[str, Any]:
    """Return how many applications wait for a clerk, and how many cases have a clerk who left office."""
    left = sa.select(sa.func.count()).select_from(DisputeCase).where(_orphaned(request))
    return {"waiting": waiting(tx), "orphaned": tx.session.scalar(left) or 0}


def waiting(tx: Transaction) -> int:
    """Count the applications that wait for a clerk."""
    return tx.session.scalar(sa.select(sa.func.count()).select_from(DisputeCase).where(WAITS_FOR_CLERK)) or 0


def take_dispute(tx: Transaction, request: Request) -> dict[str, Any]:
    """Make the caller the clerk of the oldest application that waits, unless a party or mediator of it.

    Nobody chooses: which cases there are is told to those who have a part in them.

    Raises:
        NotFound: none waits that the caller may take.
    """
    clerk, case = _oldest(tx, WAITS_FOR_CLERK)
    if case is None:
        raise NotFound("No application waits that you may take.", rule="mediation.an_application_waits")
    case.clerk_id = clerk
    note_entry(tx, case, "take", {"clerk"})
    tx.session.flush()
    return row(tx, case)


def take_over_dispute(tx: Transaction, request: Request) -> dict[str, Any]:
    """Make the caller the clerk of the oldest case whose clerk left office, unless a party or mediator of it.

    Who has a part in the case is told that there is something to see, and the history says it.

    Raises:
        NotFound: there is none that the caller may take.
    """
    clerk, case = _oldest(tx, _orphaned(request))
    if case is None:
        raise NotFound("No case has a clerk who left office.", rule="mediation.a_clerk_left")
    case.clerk_id = clerk
    note_entry(tx, case, "take_over", {"clerk"})
    tell_all(tx, case)
    tx.session.flush()
    return row(tx, case)


def _oldest(tx: Transaction, which: sa.ColumnElement[bool] | sa.TextClause) -> tuple[UUID, DisputeCase | None]:
    """Return the caller, and the oldest of some cases in which the caller has no part, locked."""
    clerk = require_member(tx.principal, _NO_MEMBER, rule="mediation.caller_is_a_member")
    own = (
        sa.select(DisputeParty.dispute_id).where(DisputeParty.member_key == key_of(clerk)).union(
            sa.select(DisputeMediator.dispute_id).where(DisputeMediator.member_id == clerk)
        )
    )  # fmt: skip
    oldest = sa.select(DisputeCase).where(which, DisputeCase.id.not_in(own)).order_by(DisputeCase.id)
    return clerk, tx.session.scalar(oldest.limit(1).with_for_update(skip_locked=True))


def _orphaned(request: Request) -> sa.ColumnElement[bool]:
    """Return the condition that a case goes on and its clerk holds no office."""
    open_ones = DisputeCase.closed_on.is_(None), DisputeCase.clerk_id.is_not(None)
    return sa.and_(*open_ones, DisputeCase.clerk_id.not_in(in_office(request)))


def release_dispute(tx: Transaction, request: Request) -> dict[str, Any]:
    """Give one's own case back to those who wait for a clerk, and tell the officers."""
    case, held = case_of(tx, request["dispute_id"], "clerk")
    refuse_first(rules.case_is_open(case.closed_on is not None))
    case.clerk_id = None
    note_entry(tx, case, "release", held, request["reason"])
    tell(tx, [None])
    return {}


def _opened(tx: Transaction, request: Request, origin: str) -> DisputeCase:
    route = rule_in_force(tx, f"mediation.route.{request['matter']}", tx.today)
    refuse_first(
        sourced(rules.matter_is_mediated(route.value), route), rules.day_is_past(request["known_on"], tx.today)
    )
    known_on = request["known_on"]
    case = DisputeCase(
        number=next_number_of_year(tx, DisputeCase.number, "dispute-number", 6),
        origin=origin, matter=request["matter"], respondent_kind=request["respondent_kind"],
        state="applied", received_on=tx.today, claim=request["claim"], facts=request["facts"],
        known_on=known_on.isoformat() if known_on else None, warnings=_warnings(tx, request), reminded=False,
        forgotten=False,
    )  # fmt: skip
    tx.session.add(case)
    tx.session.flush()
    return case


def _warnings(tx: Transaction, request: Request) -> list[str]:
    months = rule_in_force(tx, "mediation.claim_months", tx.today)
    exempt = rule_in_force(tx, "mediation.claim_exempt", tx.today)
    oldest = months_before(tx.today, months.count)
    free = request["employed"] and request["matter"] in exempt.value
    return ["claim_is_old"] if rules.claim_is_old(request["known_on"], oldest, exempt=free) else []


def _add(
    tx: Transaction, case: DisputeCase, side: str, name: str, contact: str | None, member_id: UUID | None,
    *, consent: bool | None = None,
) -> None:  # fmt: skip
    tx.session.add(
        DisputeParty(
            dispute_id=case.id,
            side=side,
            name=name,
            contact=contact,
            consent=consent,
            represents=False,
            on_paper=False,
            member_id=str(member_id) if member_id else None,
            member_key=key_of(member_id),
        )
    )
