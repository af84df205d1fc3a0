"""The sixth congress: two bodies whose delegates the units elected, in delegations with their heads; its renewal."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from deploy.demo.scenes.governance import _congress_sessions
from deploy.demo.union import DemoUnion
from services.chassis.clock import now, today
from services.chassis.errors import Refused
from services.contracts.governance.ballots import operations as ballots
from services.contracts.governance.congress import delegates, elections, renewal, terms
from services.contracts.governance.congress.vocabulary import BODIES
from services.contracts.membership.organisation.operations import unit_figures
from services.contracts.membership.record.operations import list_members

SEATS = {"staff_congress": 120, "union_congress": 90}
_KINDS = ("teacher", "teacher", "management", "teacher", "support")
_DELEGATIONS = ("第一代表团", "第二代表团", "第三代表团", "第四代表团")
_MOST_WAITS = 150
_AGE = 3 * 365 - 130
"""Days since the term of three years began: it ends in some months, so that its renewal goes on."""
_DONE = {"request": "校党委和上级工会已收文。", "group": "小组七人，由工会主席任组长。"}


def play(union: DemoUnion) -> str:
    officer = union.as_officer()
    seats_of = _seats(union)
    bodies = [{"body": body, "seats": seats} for body, seats in seats_of.items()]
    starts_on = today() - timedelta(days=_AGE)
    values = {"number": 6, "starts_on": starts_on, "years": 3, "bodies": bodies}
    congress = union.ask("congress", terms.add_congress, values, officer)["id"]
    people = _people_by_unit(union)
    for body in BODIES:
        for unit_id, seats in _allotted(union, congress, body).items():
            _elect(union, congress, body, unit_id, people[unit_id], seats)
    union.ask("begin-congress", terms.begin_congress, {"congress_id": congress}, officer)
    _form_delegations(union, congress)
    for body in BODIES:
        union.ask(f"shares-{body}", terms.check_shares, {"congress_id": congress, "body": body}, officer)
    held = _congress_sessions.hold(union, congress)
    _renew(union, congress)
    _elect_again(union, congress, people)
    told = f"{sum(seats_of.values())} seats in {len(bodies)} bodies, {held}, its renewal, a unit that votes"
    return f"the sixth congress with {told}"


def _seats(union: DemoUnion) -> dict[str, int]:
    """Return the seats of each body; in a small union some less than members, two for each unit at least."""
    least = 2 * len(union.units)
    return {body: max(least, min(seats, union.count // 8)) for body, seats in SEATS.items()}


def _people_by_unit(union: DemoUnion) -> dict[str, list[str]]:
    """Return the members of each unit who vote, those of the demo accounts first."""
    officer = union.as_officer()
    known = _known(union)
    found = {}
    for unit_id in union.units:
        asked = {"unit_id": unit_id, "standing": "active", "sort": "number", "limit": 60}
        ids = [one["id"] for one in union.ask("", list_members, asked, officer)["items"]]
        found[str(unit_id)] = sorted(ids, key=lambda one: one not in known)
    return found


def _known(union: DemoUnion) -> set[str]:
    return {str(union.member_id(union.holder(name))) for name in ("officer", "chair", "delegate")}


def _allotted(union: DemoUnion, congress: str, body: str) -> dict[str, int]:
    """Divide the seats once governance knows the members; return the seats of each unit."""
    officer = union.as_officer()
    figures = union.ask("", unit_figures, {"unit_id": None}, officer)["items"]
    members = sum(one["members"] for one in figures if UUID(one["unit_id"]) in union.units)
    rows: list[dict[str, Any]] = []
    for attempt in range(_MOST_WAITS):
        values = {"congress_id": congress, "body": body, "least": 1, "unit_ids": [str(one) for one in union.units]}
        try:
            union.ask(f"allot-{body}-{attempt}", terms.allot_seats, values, officer)
        except Refused:
            union.pause()
            continue
        asked = {"congress_id": congress, "body": body, "limit": 100}
        rows = union.ask("", terms.list_seats, asked, officer)["items"]
        if len(rows) == len(union.units) and sum(one["headcount"] for one in rows) >= members:
            break
        union.pause()
    return {one["unit_id"]: one["seats"] for one in rows}


def _elect(union: DemoUnion, congress: str, body: str, unit_id: str, people: list[str], seats: int) -> None:
    """Enter the election of a unit, whose members all voted."""
    elected = [
        {"member_id": member, "staff_kind": _KINDS[place % len(_KINDS)], "votes": len(people)}
        for place, member in enumerate(people[:seats])
    ]
    values = {
        "congress_id": congress, "body": body, "unit_id": unit_id,
        "elected_on": today() - timedelta(days=_AGE + 10), "entitled": len(people), "ballots_cast": len(people),
        "candidates": len(elected) * 6 // 5 + 2, "document": "分工会会员大会选举记录", "elected": elected,
    }  # fmt: skip
    union.ask(f"elect-{body}-{unit_id}", delegates.enter_delegates, values, union.as_officer())


def _form_delegations(union: DemoUnion, congress: str) -> None:
    """Form delegations of the units in turn, each led by two of its delegates."""
    officer = union.as_officer()
    for place, name in enumerate(_DELEGATIONS):
        unit_ids = [str(unit_id) for unit_id in union.units[place :: len(_DELEGATIONS)]]
        if not unit_ids:
            continue
        asked = {"congress_id": congress, "unit_id": unit_ids[0], "body": "staff_congress", "limit": 5}
        heads = [one["member_id"] for one in union.ask("", delegates.list_delegates, asked, officer)["items"]]
        values = {
            "congress_id": congress, "name": name, "unit_ids": unit_ids, "head_id": heads[0],
            "deputy_id": heads[1] if len(heads) > 1 else None,
        }  # fmt: skip
        union.ask(f"delegation-{place}", delegates.form_delegation, values, officer)


def _renew(union: DemoUnion, congress: str) -> None:
    """Tick the first items of the renewal, and add one of the union's own."""
    officer = union.as_officer()
    asked = {"congress_id": congress, "limit": 100}
    for one in union.ask("", renewal.list_renewal_items, asked, officer)["items"]:
        if one["item"] in _DONE:
            values = {"item_id": one["id"], "note": _DONE[one["item"]]}
            union.ask(f"renewal-{one['item']}", renewal.tick_renewal_item, values, officer)
    own = {"congress_id": congress, "item": "预订会场并通知各代表团", "due_on": today() + timedelta(days=110)}
    union.ask("renewal-own", renewal.add_renewal_item, own, officer)


def _elect_again(union: DemoUnion, congress: str, people: dict[str, list[str]]) -> None:
    """Let a delegate resign, and the unit vote on who follows."""
    officer, known = union.as_officer(), _known(union)
    asked = {"congress_id": congress, "body": "staff_congress", "limit": 100}
    rows = union.ask("", delegates.list_delegates, asked, officer)["items"]
    seated = {one["member_id"] for one in rows}
    for seat in sorted(rows, key=lambda one: one["member_id"], reverse=True):
        standing = [one for one in people[seat["unit_id"]] if one not in seated | known][:3]
        if seat["member_id"] in known or len(standing) < 3:
            continue
        ended = {"delegate_id": seat["id"], "reason": "resigned", "document": "本人书面申请"}
        union.ask("resigned", delegates.end_delegate, ended, officer)
        candidates = [{"member_id": one, "staff_kind": "teacher"} for one in standing]
        values = {
            "congress_id": congress, "body": "staff_congress", "unit_id": seat["unit_id"], "seats": 1,
            "secrecy": "open", "candidates": candidates, "closes_at": now() + timedelta(days=5),
        }  # fmt: skip
        made = union.ask("election-again", elections.call_election, values, officer)
        union.ask("election-opened", ballots.open_ballot, {"ballot_id": made["ballot_id"]}, officer)
        return
