"""Entries: entering members and named entries, changing, withdrawing, adjusting their scores."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.activities.contests import rules
from services.activities.contests.tables import Contest, ContestAdjustment, ContestEntry
from services.activities.contests.use_cases import store
from services.activities.contests.use_cases.standing import entry_reply, standing_of
from services.activities.participants.use_cases.reading import participants_of
from services.activities.registration.use_cases.reading import members_with_seats
from services.chassis.database.pagination import Key, page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotFound, refuse_first
from services.chassis.process.runtime import Call
from services.chassis.rules.refusal import Refusal
from services.contracts.activities.contests.entries import MOST_ENTERED
from services.contracts.activities.contests.events import ContestEntered
from services.contracts.membership.facts import facts_of_members

PURPOSE = "contest_age"
_AGES = "ages"
_SORTS: dict[str, list[Key]] = {
    "number": [(ContestEntry.number, "asc"), (ContestEntry.id, "asc")],
    "name": [(sa.func.coalesce(ContestEntry.name, ""), "asc"), (ContestEntry.id, "asc")],
    "-entered_at": [(ContestEntry.entered_at, "desc"), (ContestEntry.id, "desc")],
}


def list_entries(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return a page of entries with how they stand, for organisers and auditors."""
    _, contest = store.looked_at(tx, request["activity_id"])
    statement = sa.select(ContestEntry).where(ContestEntry.activity_id == contest.activity_id)
    if request["group"] is not None:
        statement = statement.where(ContestEntry.group_number == request["group"])
    if request["state"] is not None:
        statement = statement.where(ContestEntry.state == request["state"])
    if request["q"]:
        columns = (ContestEntry.name, ContestEntry.subject)
        statement = statement.where(sa.or_(*(one.icontains(request["q"], autoescape=True) for one in columns)))
    page = page_of(tx, statement, request, _SORTS[request["sort"]])
    standing = standing_of(tx, contest)
    return page.reply([entry_reply(standing, one) for one in page.rows])


def ask_age(call: Call, request: dict[str, Any]) -> None:
    """Before a member is entered: ask membership for the age on the contest's day, where there is a limit."""
    _ask(call, request, lambda tx, contest: [request["member_id"]] if request["member_id"] else [])


def ask_ages(call: Call, request: dict[str, Any]) -> None:
    """Before the registered are entered: ask membership for their ages, in one question."""
    _ask(call, request, lambda tx, contest: _registered(tx, contest, request["member_ids"])[:MOST_ENTERED])


def enter_contest(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Enter a member, or a name such as a unit's choir.

    Raises:
        Refused: the group is unknown or closed, the entry is there, or the member too old on the contest's day.
    """
    _, contest = store.managed(tx, request["activity_id"])
    _require_group(contest, request["group"])
    member_id, name = request["member_id"], request["name"]
    refuse_first(rules.entry_is_named_one_way(member_id, name), rules.entered_once(_is_entered(tx, contest, request)))
    unit_id = request["unit_id"]
    if member_id is not None:
        refusal, unit_id = _fits(tx, contest, [member_id], request.get(_AGES, {}))[member_id]
        refuse_first(refusal)
    told = {"member_id": member_id, "name": name, "unit_id": unit_id, "subject": request["subject"]}
    entry = _enter(tx, contest, request["group"], [told])[0]
    return entry_reply(standing_of(tx, contest), entry)


def enter_registered(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Enter those who have a seat in the activity and are not entered; who does not fit is told with the rule."""
    _, contest = store.managed(tx, request["activity_id"])
    _require_group(contest, request["group"])
    found = _registered(tx, contest, request["member_ids"])
    wanted = found[:MOST_ENTERED]
    fits = _fits(tx, contest, wanted, request.get(_AGES, {}))
    told = [
        {"member_id": one, "name": None, "unit_id": fits[one][1], "subject": None}
        for one in wanted
        if fits[one][0] is None
    ]
    entered = _enter(tx, contest, request["group"], told)
    refused = [{"member_id": one, "rule": refusal.rule} for one in wanted if (refusal := fits[one][0]) is not None]
    return {"entered": len(entered), "refused": refused, "more": len(found) > len(wanted)}


def change_entry(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Change group, place in the order or subject of an entry.

    Raises:
        Refused: it is withdrawn, the number is taken, or the group stands because judging opened.
    """
    contest, entry = _open_entry(tx, request)
    group, number = request.get("group", entry.group_number), request.get("number", entry.number)
    same = ContestEntry.activity_id == contest.activity_id, ContestEntry.number == number, ContestEntry.id != entry.id
    refuse_first(
        rules.group_is_known(group in store.group_names(contest)),
        rules.group_stands_while_judged(contest.state, group != entry.group_number),
        rules.number_is_free(tx.session.scalar(sa.select(ContestEntry.id).where(*same)) is not None),
    )
    entry.group_number, entry.number = group, number
    entry.subject = request.get("subject", entry.subject)
    tx.session.flush()
    return entry_reply(standing_of(tx, contest), entry)


def withdraw_entry(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Take an entry out of the contest: it is in no ranking, and nobody is waited for."""
    contest, entry = _open_entry(tx, request)
    entry.state, entry.reason = "withdrawn", request["reason"]
    store.note(tx, contest, f"withdrawn/{entry.number}", "entered", "withdrawn", request["reason"])
    tx.session.flush()
    store.moved(tx, contest)
    return entry_reply(standing_of(tx, contest), entry)


def adjust_entry(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Add points to the score of an entry or take them off, with the reason."""
    contest, entry = _open_entry(tx, request)
    made = ContestAdjustment(
        entry_id=entry.id, amount=request["amount"], reason=request["reason"], made_at=tx.now,
        made_by=tx.principal.actor,
    )  # fmt: skip
    tx.session.add(made)
    store.note(tx, contest, f"adjustment/{entry.number}", None, f"{request['amount']:+}", request["reason"])
    tx.session.flush()
    store.moved(tx, contest)
    return entry_reply(standing_of(tx, contest), entry)


def take_adjustment_back(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Let an adjustment count no more; it stays in the history. Raises `NotFound`."""
    contest, entry = _open_entry(tx, request)
    made = tx.session.get(ContestAdjustment, request["adjustment_id"])
    if made is None or made.entry_id != entry.id or made.taken_back_at is not None:
        raise NotFound("There is no such adjustment.", field="adjustment_id")
    made.taken_back_at = tx.now
    store.note(tx, contest, f"adjustment/{entry.number}", f"{made.amount:+}", None, request["reason"])
    tx.session.flush()
    store.moved(tx, contest)
    return entry_reply(standing_of(tx, contest), entry)


def _ask(call: Call, request: dict[str, Any], members: Any) -> None:
    with call.transaction(readonly=True) as tx:
        _, contest = store.looked_at(tx, request["activity_id"])
        most_age, age_on = contest.most_age, contest.age_on
        wanted = members(tx, contest) if most_age is not None else []
    if not wanted or age_on is None:
        return
    asked = {
        "purpose": PURPOSE, "facts": ["age"], "on": age_on.isoformat(),
        "about": f"contest/{request['activity_id']}", "member_ids": [str(one) for one in wanted],
    }  # fmt: skip
    told = call.rpc(facts_of_members, asked)["items"]
    request[_AGES] = {UUID(one["member_id"]): one["age"] for one in told}


def _registered(tx: Transaction, contest: Contest, among: Collection[UUID] | None) -> list[UUID]:
    entered = sa.select(ContestEntry.member_id).where(
        ContestEntry.activity_id == contest.activity_id, ContestEntry.member_id.is_not(None)
    )
    known = set(tx.session.scalars(entered))
    seated = members_with_seats(tx, contest.activity_id)
    return [one for one in seated if one not in known and (among is None or one in among)]


def _fits(
    tx: Transaction, contest: Contest, members: Collection[UUID], ages: Mapping[UUID, int | None]
) -> dict[UUID, tuple[Refusal | None, UUID | None]]:
    """Return why each member can't be entered, None where one can, and the unit."""
    known = participants_of(tx, members)
    fits: dict[UUID, tuple[Refusal | None, UUID | None]] = {}
    for one in members:
        member = known.get(one)
        refusal = rules.standing_takes_part(member.standing if member else None) or rules.is_young_enough(
            ages.get(one), contest.most_age, contest.age_on
        )
        fits[one] = refusal, member.unit_id if member else None
    return fits


def _enter(
    tx: Transaction, contest: Contest, group: int, told: Sequence[Mapping[str, Any]]
) -> list[ContestEntry]:  # fmt: skip
    last = tx.session.scalar(
        sa.select(sa.func.max(ContestEntry.number)).where(ContestEntry.activity_id == contest.activity_id)
    )
    made = [
        ContestEntry(
            activity_id=contest.activity_id, number=(last or 0) + place, group_number=group, state="entered",
            entered_at=tx.now, **one,
        )
        for place, one in enumerate(told, start=1)
    ]  # fmt: skip
    tx.session.add_all(made)
    tx.session.flush()
    tx.record(
        *(
            ContestEntered(activity_id=contest.activity_id, entry_id=one.id, member_id=one.member_id)
            for one in made
            if one.member_id is not None
        )
    )
    return made


def _is_entered(tx: Transaction, contest: Contest, request: Mapping[str, Any]) -> bool:
    same = ContestEntry.member_id == request["member_id"]
    if request["member_id"] is None:
        same = (ContestEntry.name == request["name"]) & (ContestEntry.group_number == request["group"])
    found = sa.select(ContestEntry.id).where(ContestEntry.activity_id == contest.activity_id, same)
    return tx.session.scalar(found.limit(1)) is not None


def _require_group(contest: Contest, group: int) -> None:
    refuse_first(
        rules.results_are_open(contest.state),
        rules.group_is_known(group in store.group_names(contest)),
        rules.group_is_open(store.is_closed(contest, group)),
    )


def _open_entry(tx: Transaction, request: Mapping[str, Any]) -> tuple[Contest, ContestEntry]:
    """Return an entry that takes part in a contest whose results are not published, the contest locked."""
    _, contest = store.managed(tx, request["activity_id"])
    entry = store.entry_of(tx, contest, request["entry_id"])
    refuse_first(rules.results_are_open(contest.state), rules.entry_takes_part(entry.state))
    return contest, entry
