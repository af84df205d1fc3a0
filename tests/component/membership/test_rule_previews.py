"""What a change of rules would alter: open applications, dues not charged yet, data due to be erased."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa

from services.chassis import clock
from services.chassis.errors import InvalidInput, NotAllowed
from services.contracts.membership import rulebook
from services.membership.record.tables import Member
from tests.component.membership.dues_harness import DuesHarness
from tests.component.membership.harness import MembershipHarness
from tests.support.principals import chair_of


def effects(membership: MembershipHarness, key: str, *rules: dict[str, Any]) -> list[tuple[str, str, int]]:
    found = membership.ask(rulebook.preview_rule_change, key=key, rules=list(rules))["items"]
    return [(one["kind"], one["outcome"], one["count"]) for one in found]


def rule(value: Any, begins: date | None = None) -> dict[str, Any]:
    return {"value": value, "valid_from": begins or date(2020, 1, 1)}


@pytest.mark.databases("postgresql", "sqlite")
def test_open_applications_would_be_refused_or_need_other_documents(membership: MembershipHarness):
    membership.apply(1)
    contract = membership.apply(2, employment="contract")

    assert effects(membership, "joining.employments", rule(["established"])) == [("applications", "refused", 1)]
    (found,) = membership.ask(
        rulebook.preview_rule_change, key="joining.documents.contract", rules=[rule(["agency_contract"])]
    )["items"]
    assert (found["outcome"], found["ids"]) == ("changed", [str(contract["id"])])
    tomorrow = clock.today() + timedelta(days=1)
    assert effects(membership, "joining.employments", rule(["established"], tomorrow)) == [
        ("applications", "refused", 1)
    ]
    assert effects(membership, "dues.exempt_reasons", rule(["hardship"])) == []


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("dues.percent", "x"), ("dues.percent", "NaN"), ("dues.percent", True), ("dues.base_step", "1e400"),
        ("joining.employments", 5), ("joining.employments", [["established"]]), ("joining.documents.contract", "id"),
        ("retention.identity", -1), ("retention.identity", "12"), ("retirement.m60", {"base": 60}),
        ("benefit.birth.cap", {"a": 1}),
    ],
)  # fmt: skip
def test_a_value_that_no_decision_could_read_is_refused(membership: MembershipHarness, key: str, value: Any):
    membership.apply(1)
    with pytest.raises(InvalidInput) as refused:
        effects(membership, key, rule(value))
    assert "rules" in refused.value.params["errors"]


@pytest.mark.databases("postgresql", "sqlite")
def test_dues_not_charged_yet_would_change(dues: DuesHarness):
    month = f"{clock.today():%Y-%m}"
    first = date(clock.today().year, clock.today().month, 1)
    member = dues.payer(1)
    dues.payer(2, base=None)

    (found,) = dues.ask(rulebook.preview_rule_change, key="dues.percent", rules=[rule("1", first)])["items"]
    assert (found["kind"], found["outcome"], found["count"], found["ids"]) == ("charges", "changed", 1, [str(member)])
    assert effects(dues, "dues.percent", rule("0.5", first)) == []
    dues.charge(month)
    assert effects(dues, "dues.percent", rule("1", first)) == [], "what was charged stays"
    assert dues.charges(month)[member][0] == Decimal("17.40")


def test_a_shorter_period_would_erase_data_at_once(membership: MembershipHarness):
    member = membership.member(1)
    left = clock.today() - timedelta(days=40)
    with membership.transaction() as tx:
        tx.session.execute(sa.update(Member).where(Member.id == member).values(standing="left", left_on=left))

    assert effects(membership, "retention.contact", rule(1)) == [("erasures", "allowed", 1)]
    assert effects(membership, "retention.contact", rule(12)) == []


def test_previews_are_for_officers(membership: MembershipHarness):
    with pytest.raises(NotAllowed):
        membership.ask(rulebook.preview_rule_change, chair_of(membership.units["01"]), key="dues.percent", rules=[])
