"""Parties: more of them, the members behind them, representatives of many, and whether they agree."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotFound, refuse_first
from services.chassis.rules.refusal import sourced
from services.chassis.rules.rulebook import rule_in_force
from services.contracts.governance.mediation.requests import MOST_PARTIES
from services.governance.mediation import rules
from services.governance.mediation.tables import DisputeCase, DisputeMediator, DisputePaper, DisputeParty
from services.governance.mediation.use_cases.reading import asked_of, row
from services.governance.mediation.use_cases.store import (
    acting_parties,
    case_of,
    is_party,
    key_of,
    move,
    note_entry,
    parties_of,
    start_clock,
    tell,
    tell_all,
)

Request = Mapping[str, Any]


def add_dispute_party(tx: Transaction, request: Request) -> dict[str, Any]:
    """Add a party before the parties are asked.

    Raises:
        Refused: they were asked already, are too many, or the member has a part in the case.
    """
    case, held = case_of(tx, request["dispute_id"], "clerk")
    parties, member_id = parties_of(tx, case), request["member_id"]
    refuse_first(
        rules.parties_can_change(case.state),
        rules.parties_are_few(len(parties), MOST_PARTIES),
        rules.party_is_new(_has_part(tx, case, member_id)),
    )
    filed = request["side"] == "applicant" and case.origin != "proposed"
    tx.session.add(
        DisputeParty(
            dispute_id=case.id, side=request["side"], name=request["name"], contact=request["contact"],
            consent=True if filed else None, represents=False, on_paper=filed,
            member_id=str(member_id) if member_id else None, member_key=key_of(member_id),
        )
    )  # fmt: skip
    note_entry(tx, case, "party", held)
    tell(tx, [member_id] if member_id else [])
    tx.session.flush()
    return row(tx, case)


def link_dispute_party(tx: Transaction, request: Request) -> dict[str, Any]:
    """Name the member behind a party, who then sees the case and can answer.

    Raises:
        Refused: the member has a part in the case already, or it has ended.
    """
    case, held = case_of(tx, request["dispute_id"], "clerk")
    party, member_id = _party_of(tx, case, request["party_id"]), request["member_id"]
    refuse_first(
        rules.case_is_open(case.closed_on is not None),
        rules.party_is_new(_has_part(tx, case, member_id) and party.member_key != key_of(member_id)),
    )
    party.member_id, party.member_key = str(member_id), key_of(member_id)
    note_entry(tx, case, "party", held)
    tell(tx, [member_id])
    tx.session.flush()
    return row(tx, case)


def choose_representatives(tx: Transaction, request: Request) -> dict[str, Any]:
    """Record who acts for many claimants; before the parties are asked.

    Raises:
        Refused: there are too few claimants, or somebody chosen is none.
    """
    case, held = case_of(tx, request["dispute_id"], "clerk")
    least = rule_in_force(tx, "mediation.representatives_from", tx.today)
    claimants = [party for party in parties_of(tx, case) if party.side == "applicant"]
    refuse_first(
        rules.parties_can_change(case.state),
        sourced(rules.claimants_are_many(len(claimants), least.count), least),
        rules.representative_is_claimant(request["party_ids"], [party.id for party in claimants]),
    )
    for party in claimants:
        party.represents = party.id in request["party_ids"]
    note_entry(tx, case, "representatives", held)
    tx.session.flush()
    return row(tx, case)


def answer_consent(tx: Transaction, request: Request) -> dict[str, Any]:
    """Answer for oneself, or for the department one acts for.

    Raises:
        Refused: nothing is asked of the caller.
    """
    case, held = case_of(tx, request["dispute_id"], "applicant", "respondent")
    own = [party for party in acting_parties(tx, case) if party.member_key == key_of(tx.principal.member_id)]
    refuse_first(rules.answer_is_asked(request["about"] in asked_of(case, own)))
    for party in own:
        _note_answer(party, request, on_paper=False)
    return _answered(tx, case, held, request)


def record_consent(tx: Transaction, request: Request) -> dict[str, Any]:
    """Record a party's answer as the clerk has it on paper.

    Raises:
        Refused: nothing is asked of the party, or the paper is not among the files.
    """
    case, held = case_of(tx, request["dispute_id"], "clerk")
    party = _party_of(tx, case, request["party_id"])
    acts = party.id in {one.id for one in acting_parties(tx, case)}
    papers = sa.select(sa.func.count()).where(DisputePaper.dispute_id == case.id, DisputePaper.kind == "consent")
    refuse_first(
        rules.answer_is_asked(acts and request["about"] in asked_of(case, [party])),
        rules.paper_is_on_file(tx.session.scalar(papers) or 0),
    )
    _note_answer(party, request, on_paper=True)
    return _answered(tx, case, held, request)


def _note_answer(party: DisputeParty, request: Request, *, on_paper: bool) -> None:
    if request["about"] == "mediation":
        party.consent, party.on_paper = request["answer"], on_paper
    else:
        party.extension = request["answer"]


def _answered(tx: Transaction, case: DisputeCase, held: frozenset[str], request: Request) -> dict[str, Any]:
    """Draw what follows from the answers: one refusal ends it, the last consent takes it on; the others are told."""
    acting, note = acting_parties(tx, case), request["note"]
    note_entry(tx, case, "consent", held, note)
    if request["about"] == "mediation":
        answers = [party.consent for party in acting]
        if not request["answer"]:
            move(tx, case, "decline", held, note)
        elif rules.all_agree(answers) is None:
            move(tx, case, "accept", held, answers=answers)
            if case.due_on is None:
                start_clock(tx, case, tx.today)
    elif not request["answer"]:
        case.extension_until = None
        note_entry(tx, case, "refuse_extension", held)
    elif rules.all_agree([party.extension for party in acting]) is None:
        case.due_on, case.extension_until, case.reminded = case.extension_until, None, False
        note_entry(tx, case, "extend", held)
    tell_all(tx, case)
    tx.session.flush()
    return row(tx, case)


def _party_of(tx: Transaction, case: DisputeCase, party_id: UUID) -> DisputeParty:
    party = tx.session.get(DisputeParty, party_id)
    if party is None or party.dispute_id != case.id:
        raise NotFound("The case has no such party.", field="party_id")
    return party


def _has_part(tx: Transaction, case: DisputeCase, member_id: UUID | None) -> bool:
    if member_id is None:
        return False
    mediates = tx.session.get(DisputeMediator, (case.id, member_id))
    serves = mediates is not None and mediates.state in ("asked", "serving")
    return is_party(tx, case, member_id) or member_id == case.clerk_id or serves
