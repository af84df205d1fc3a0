"""Who proposes in a campaign of the congress: those who hold a seat in its body; the post alone does not do."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from services.chassis.errors import Refused
from services.chassis.security.principal import Grant, Principal
from services.contracts.governance.congress import delegates, terms
from services.contracts.governance.proposals import campaigns, operations
from tests.component.governance.congress.terms import BODY, Union, member_account
from tests.component.governance.proposals.proposing import TEXT


def called(union: Union, body: str = BODY) -> str:
    values = {"name": "2026 年提案征集", "body": body, "unit_id": None, "opens_on": "2026-03-01", "switches": []}
    asked = {**values, "deadline": "2026-03-20T10:00:00+00:00", "inspector_id": None}
    return str(union.governance.ask(campaigns.add_proposal_campaign, **asked)["id"])


def draft(union: Union, campaign: str, by: Principal) -> Any:
    return union.governance.ask(operations.draft_proposal, by, campaign_id=campaign, **TEXT)


def with_post(member: UUID) -> Principal:
    return Principal("account", member, member, (Grant("member"), Grant("delegate")))


def test_a_seat_in_the_body_decides_and_not_the_post(union: Union) -> None:
    union.in_term()
    campaign = called(union)
    seated, other = union.members[union.units[0]][0], union.members[union.units[0]][30]
    assert draft(union, campaign, member_account(seated))["state"] == "draft"
    with pytest.raises(Refused) as refused:
        draft(union, campaign, with_post(other))
    assert refused.value.rule == "proposals.delegates_propose"
    mine = {"mine": True, "limit": 10}
    listed = union.governance.ask(campaigns.list_proposal_campaigns, member_account(seated), **mine)["items"]
    assert [one["id"] for one in listed] == [campaign]
    assert union.governance.ask(campaigns.list_proposal_campaigns, with_post(other), **mine)["items"] == []


def test_who_lost_the_seat_proposes_no_more(union: Union) -> None:
    congress = union.in_term()
    campaign = called(union)
    seated = union.members[union.units[0]][0]
    opened = draft(union, campaign, member_account(seated))
    (seat,) = union.governance.ask(delegates.list_delegates, congress_id=congress, member_id=seated)["items"]
    union.governance.ask(delegates.end_delegate, delegate_id=seat["id"], reason="mistake", document="登记有误")
    with pytest.raises(Refused) as refused:
        union.governance.ask(operations.open_seconding, with_post(seated), proposal_id=opened["id"])
    assert refused.value.rule == "proposals.delegates_propose"


def test_where_no_term_of_the_body_goes_on_the_post_decides(union: Union) -> None:
    member = union.members[union.units[0]][0]
    campaign = called(union)
    assert draft(union, campaign, with_post(member))["state"] == "draft"
    with pytest.raises(Refused):
        draft(union, campaign, member_account(member))
    congress = union.in_term()
    assert draft(union, called(union, "union_congress"), with_post(member))["state"] == "draft"
    assert draft(union, campaign, member_account(member))["state"] == "draft"
    union.governance.ask(terms.end_congress, congress_id=congress)
