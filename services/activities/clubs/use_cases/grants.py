"""The yearly money of clubs: decided here, posted or refused by the funds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.activities.clubs import rules
from services.activities.clubs.tables import ClubGrant, ClubReview
from services.activities.clubs.use_cases import store
from services.chassis.database.history import note_change
from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.chassis.events.envelope import ReceivedEvent
from services.chassis.rules.optional import rule_or_none
from services.chassis.rules.refusal import sourced
from services.contracts.activities.clubs.events import ClubGrantDecided

SOURCE = "club"
_TOLD = (
    "id", "club_id", "year", "amount", "line_code", "decision", "decided_on", "state", "entry_id", "refused_rule",
    "refused_code",
)  # fmt: skip
_NO_GRANT = "There is no such grant."


def grant_club(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Decide what a club gets in a year, and ask the funds to post it.

    Raises:
        Refused: the club is not active, has a grant of the year, the amount is above the rule, or the last year that
            was judged failed.
    """
    club = store.club_of(tx, request["club_id"], lock=True)
    same = sa.select(ClubGrant.id).where(ClubGrant.club_id == club.id, ClubGrant.year == request["year"])
    most = rule_or_none(tx, "clubs.grant_most", request["decided_on"])
    refuse_first(
        rules.club_is_active(club.state), rules.grant_is_the_first(tx.session.scalar(same) is not None),
        sourced(rules.grant_is_within(request["amount"], most.amount), most) if most is not None else None,
        rules.last_review_allows_money(_last_verdict(tx, club.id)),
    )  # fmt: skip
    given = {name: request[name] for name in ("year", "amount", "line_code", "decision", "decided_on")}
    grant = ClubGrant(club_id=club.id, **given, claim=1, state="asked")
    tx.session.add(grant)
    tx.session.flush()
    note_change(tx, store.subject_of(club.id), {"grant": (None, grant.id), "amount": (None, grant.amount)})
    _ask(tx, grant)
    return reply(grant, club.name)


def ask_club_grant_again(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Ask the funds once more, with the next number. Raises `Refused` unless they refused or reversed it."""
    grant = tx.get(ClubGrant, request["grant_id"], _NO_GRANT, field="grant_id", lock=True)
    refuse_first(rules.grant_can_be_asked_again(grant.state))
    grant.claim += 1
    grant.state, grant.entry_id, grant.refused_rule, grant.refused_code = "asked", None, None, None
    _ask(tx, grant)
    return reply(grant, store.names_of(tx, [grant.club_id])[grant.club_id])


def list_club_grants(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return a page of grants, the latest year first. Raises `NotAllowed` for others' clubs to a member."""
    statement = sa.select(ClubGrant)
    if not tx.principal.has("officer", "auditor"):
        store.require_own_club(tx, request["club_id"])
    for name in ("club_id", "year", "state"):
        if request[name] is not None:
            statement = statement.where(getattr(ClubGrant, name) == request[name])
    page = page_of(tx, statement, request, [(ClubGrant.year, "desc"), (ClubGrant.id, "desc")])
    names = store.names_of(tx, {one.club_id for one in page.rows})
    return page.reply([reply(one, names[one.club_id]) for one in page.rows])


def note_paid(tx: Transaction, event: ReceivedEvent) -> None:
    """The funds posted a grant."""
    if (grant := _answered(tx, event)) is not None:
        grant.state, grant.entry_id = "paid", event.data["entry_id"]
        grant.refused_rule = grant.refused_code = None


def note_refused(tx: Transaction, event: ReceivedEvent) -> None:
    """The funds refused a grant, with the rule."""
    if (grant := _answered(tx, event)) is not None:
        grant.state, grant.refused_rule = "refused", event.data["rule"][:120]
        grant.refused_code = event.data["reason_code"]


def note_reversed(tx: Transaction, event: ReceivedEvent) -> None:
    """The entry of a grant was reversed: it can be asked for again."""
    if (grant := _answered(tx, event)) is not None and grant.entry_id == event.data["reverses"]:
        grant.state, grant.entry_id = "reversed", None


def reply(grant: ClubGrant, club_name: str) -> dict[str, Any]:
    """Return a grant as the contract has it."""
    return {**{name: getattr(grant, name) for name in _TOLD}, "club_name": club_name}


def _answered(tx: Transaction, event: ReceivedEvent) -> ClubGrant | None:
    """Return the grant that an answer of the funds is about; None for other sources and earlier claims."""
    data = event.data
    if data["source_type"] != SOURCE:
        return None
    grant = tx.session.get(ClubGrant, data["source_id"], with_for_update=True, populate_existing=True)
    return grant if grant is not None and data["claim"] >= grant.claim else None


def _ask(tx: Transaction, grant: ClubGrant) -> None:
    tx.record(
        ClubGrantDecided(
            grant_id=grant.id, club_id=grant.club_id, year=grant.year, claim=grant.claim, amount=grant.amount,
            line_code=grant.line_code, decided_on=grant.decided_on,
        )
    )  # fmt: skip


def _last_verdict(tx: Transaction, club_id: UUID) -> str | None:
    judged = sa.select(ClubReview.verdict).where(ClubReview.club_id == club_id, ClubReview.state == "decided")
    return tx.session.scalar(judged.order_by(ClubReview.year.desc()).limit(1))
