"""Delegates: entered by their units, ended by decisions and by membership's events, led in delegations."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.chassis.database.transaction import transaction
from services.chassis.errors import NoRuleInForce, NotAllowed, Refused
from services.contracts.governance.congress import delegates, terms
from services.contracts.membership.organisation.unit_changes import UnitMerged
from services.contracts.membership.record.operations import UnitChanged
from services.contracts.membership.retirement import MemberRetired
from services.contracts.membership.standing.operations import MemberLeft
from services.governance.congress.use_cases.delegates import delegate_of, entitled
from tests.component.governance.congress.terms import BODY, Union, chair_of, member_account
from tests.component.governance.harness import TODAY, GovernanceHarness


def refused_for(union: Union, congress: str, place: int, count: int, **other: Any) -> str:
    unit = union.units[place]
    with pytest.raises(Refused) as refused:
        union.elect(congress, unit, union.members[unit][:count], **other)
    assert refused.value.rule is not None
    return refused.value.rule


def test_a_chair_enters_for_the_own_unit_only(union: Union):
    congress = union.allotted()
    unit, other = union.units[:2]

    made = union.elect(congress, unit, union.members[unit][:4], chair_of(unit))

    assert [one["state"] for one in made] == ["serving"] * 4
    with pytest.raises(NotAllowed):
        union.elect(congress, other, union.members[other][:1], chair_of(unit))
    assert len(union.governance.events("delegate_elected")) == 4
    assert union.governance.events("unit_seats_changed")[-1]["vacant"] == 0


def test_an_election_against_the_rules_is_refused_with_its_rule(union: Union):
    congress = union.allotted()

    assert refused_for(union, congress, 0, 5) == "congress.seats_are_vacant"
    assert refused_for(union, congress, 0, 4, candidates=4) == "congress.candidates_exceed_seats"
    assert refused_for(union, congress, 0, 4, ballots_cast=26) == "congress.turnout_suffices"
    assert refused_for(union, congress, 0, 4, ballots_cast=39) == "congress.votes_elect"
    assert refused_for(union, congress, 0, 4, elected_on=date(2026, 3, 12)) == "congress.election_is_past"
    unit = union.units[0]
    with pytest.raises(Refused) as refused:
        union.elect(congress, unit, [union.members[union.units[1]][0]])
    assert refused.value.rule == "congress.elected_belong_to_unit"
    union.elect(congress, unit, union.members[unit][:1])
    assert refused_for(union, congress, 0, 1) == "congress.elected_have_no_seat"
    assert union.governance.events("delegate_elected") != []


def test_without_a_rule_nobody_is_entered(governance: GovernanceHarness):
    union = Union(governance)
    congress = union.allotted()
    with pytest.raises(NoRuleInForce) as missing:
        union.elect(congress, union.units[2], union.members[union.units[2]][:1])
    assert missing.value.params["key"] == f"congress.{BODY}.candidates_margin"


def test_who_leaves_or_retires_has_no_seat_and_the_seat_is_vacant(union: Union):
    congress = union.in_term()
    unit = union.units[0]
    leaves, retires = union.members[unit][:2]

    union.governance.tell(
        "end_seats_of_leavers", MemberLeft, 2, member_id=leaves, unit_id=unit, standing="withdrawn", on=TODAY
    )
    union.governance.tell("end_seats_of_retired", MemberRetired, 2, member_id=retires, unit_id=unit, retired_on=TODAY)

    told = union.governance.events("delegate_ended")
    assert [(one["member_id"], one["reason"]) for one in told] == [(str(leaves), "left"), (str(retires), "retired")]
    assert union.governance.events("unit_seats_changed")[-1]["vacant"] == 2
    filled = union.elect(congress, unit, union.members[unit][4:6], candidates=4)
    assert len(filled) == 2
    assert union.governance.events("unit_seats_changed")[-1]["vacant"] == 0


def test_a_move_is_noted_and_who_elected_decides(union: Union):
    congress = union.in_term()
    unit, other = union.units[:2]
    mover = union.members[unit][0]
    moved = {"member_id": mover, "from_unit_id": unit, "to_unit_id": other, "on": TODAY}

    union.governance.tell("note_moved_delegates", UnitChanged, 2, **moved)

    asked = {"congress_id": congress, "show": "moved"}
    (seat,) = union.governance.ask(delegates.list_delegates, **asked)["items"]
    assert seat["moved_on"] == TODAY.isoformat()
    ending = {"delegate_id": seat["id"], "reason": "moved", "document": "分工会决定"}
    with pytest.raises(NotAllowed):
        union.governance.ask(delegates.end_delegate, chair_of(other), **ending)
    ended = union.governance.ask(delegates.end_delegate, chair_of(unit), **ending)
    assert (ended["state"], ended["last_day"]) == ("ended", TODAY.isoformat())
    with pytest.raises(Refused) as refused:
        union.governance.ask(delegates.end_delegate, chair_of(unit), **ending)
    assert refused.value.rule == "workflow.congress_delegate"


@pytest.mark.parametrize("merger_first", [True, False])
def test_a_merger_takes_seats_and_delegates_over(union: Union, merger_first: bool):
    congress = union.in_term()
    old, new = union.units[2], union.units[1]
    mover = union.members[old][0]
    merged = {"unit_id": old, "into_unit_id": new, "kind": "unit", "on": TODAY, "members": 10}
    moved = {"member_id": mover, "from_unit_id": old, "to_unit_id": new, "on": TODAY}
    union.governance.tell("on_unit_changed", UnitChanged, 2, **moved)

    if merger_first:
        union.governance.tell("follow_merged_electors", UnitMerged, 5, **merged)
    union.governance.tell("note_moved_delegates", UnitChanged, 2, **moved)
    if not merger_first:
        union.governance.tell("follow_merged_electors", UnitMerged, 5, **merged)

    listed = union.governance.ask(delegates.list_delegates, congress_id=congress, unit_id=new)["items"]
    assert len(listed) == 3
    assert {one["moved_on"] for one in listed} == {None}
    assert union.governance.events("unit_seats_changed")[-1]["seats"] == 3


def test_others_ask_who_is_a_delegate_and_who_is_entitled(union: Union):
    congress = union.in_term()
    unit = union.units[0]
    member = union.members[unit][0]

    with transaction(union.governance.database, readonly=True) as tx:
        found = delegate_of(tx, member, BODY, TODAY)
        assert found is not None
        assert found.unit_id == unit
        assert delegate_of(tx, member, "union_congress", TODAY) is None
        assert delegate_of(tx, member, BODY, date(2026, 3, 4)) is None
        assert delegate_of(tx, union.members[unit][9], BODY, TODAY) is None
        assert len(entitled(tx, found.congress_id, BODY)) == 7
    mine = union.governance.ask(delegates.my_seats, member_account(member))["items"]
    assert [one["congress_id"] for one in mine] == [congress]


def test_a_seat_entered_by_mistake_was_never_held(union: Union):
    congress = union.in_term()
    member = union.members[union.units[2]][0]
    (seat,) = union.governance.ask(delegates.my_seats, member_account(member))["items"]

    ending = {"delegate_id": seat["id"], "reason": "mistake", "document": "姓名写错"}
    union.governance.ask(delegates.end_delegate, **ending)

    with transaction(union.governance.database, readonly=True) as tx:
        assert delegate_of(tx, member, BODY, date(2026, 3, 5)) is None
    assert union.governance.ask(delegates.list_delegates, congress_id=congress, show="ended")["items"] != []


def test_delegations_have_heads_among_their_delegates(union: Union):
    congress = union.in_term()
    unit, other = union.units[:2]
    values = {"congress_id": congress, "name": "第一代表团", "unit_ids": [unit]}

    with pytest.raises(Refused) as refused:
        union.governance.ask(delegates.form_delegation, **values, head_id=union.members[other][0])
    assert refused.value.rule == "congress.head_is_of_delegation"
    made = union.governance.ask(delegates.form_delegation, **values, head_id=union.members[unit][0])
    assert made["delegates"] == {BODY: 4}
    with pytest.raises(Refused) as refused:
        union.governance.ask(delegates.form_delegation, congress_id=congress, name="第二代表团", unit_ids=[unit, other])
    assert refused.value.rule == "congress.unit_is_in_one_delegation"
    changed = {"delegation_id": made["id"], "name": "第一代表团", "unit_ids": [unit, other]}
    assert union.governance.ask(delegates.change_delegation, **changed)["delegates"] == {BODY: 6}
    (listed,) = union.governance.ask(delegates.list_congress_delegations, congress_id=congress)["items"]
    assert listed["head_id"] is None
    union.governance.ask(delegates.dissolve_delegation, delegation_id=made["id"])
    assert union.governance.ask(delegates.list_congress_delegations, congress_id=congress)["items"] == []


def test_who_serves_in_the_other_body_too_still_serves(union: Union):
    """Sessions left the calendar of a delegate of both bodies when one of the two seats ended."""
    both = [{"body": BODY, "seats": 7}, {"body": "union_congress", "seats": 7}]
    congress = union.allotted(bodies=both)
    union.governance.ask(terms.allot_seats, congress_id=congress, body="union_congress", least=1)
    unit = union.units[0]
    member = union.members[unit][0]
    seats = [union.elect(congress, unit, [member], body=one["body"])[0] for one in both]
    for seat in seats:
        union.governance.ask(delegates.end_delegate, delegate_id=seat["id"], reason="resigned", document="辞职信")
    assert [one["still_serves"] for one in union.governance.events("delegate_ended")] == [True, False]
