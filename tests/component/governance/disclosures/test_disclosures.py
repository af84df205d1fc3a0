"""Disclosures: figures of the ledger, closed months, four eyes, publication, members' questions."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from services.chassis import clock
from services.chassis.errors import NotAllowed, NotFound, PreconditionFailed, Refused
from services.chassis.security.principal import Grant, Principal
from services.contracts.governance.disclosures import operations as contract
from services.contracts.governance.funds import operations as funds
from services.contracts.governance.funds.bookkeeping import close_fund_period
from tests.component.governance.harness import GovernanceHarness
from tests.support.at_once import at_once
from tests.support.principals import auditor, chair_of, member_account, officer

pytestmark = pytest.mark.databases("sqlite")
APRIL = datetime(2026, 4, 2, 2, 0, tzinfo=UTC)
MONTHS = ("2026-01", "2026-02", "2026-03")
LINE = "activities.sports"


@pytest.fixture
def books(funded: GovernanceHarness) -> GovernanceHarness:
    """A first quarter with 5,000 yuan of income and 1,200 of expense, 200 of it reversed."""
    funded.ask(funds.record_income, kind="allocation", amount="5000.00", description="拨缴经费", posted_on="2026-02-05")
    for amount in ("1000.00", "200.00"):
        last = funded.ask(
            funds.record_expense, line_code=LINE, amount=amount, description="器材", posted_on="2026-03-10",
            form="goods", funding_source="union", decision="委员会决定", evidence_kinds=["receipt"],
        )  # fmt: skip
    funded.ask(funds.reverse_entry, entry_id=last["id"], reason="重复登记")
    return funded


def prepared(books: GovernanceHarness, by: Principal | None = None) -> dict[str, Any]:
    return dict(books.ask(contract.prepare_disclosure, by, year=2026, part="q1", note="本季度购置器材。"))


def approved(books: GovernanceHarness) -> dict[str, str]:
    for month in MONTHS:
        books.ask(close_fund_period, period=month)
    ref = {"disclosure_id": prepared(books)["id"]}
    books.ask(contract.submit_disclosure, **ref)
    books.ask(contract.approve_disclosure, auditor(), **ref)
    return ref


@pytest.mark.databases("postgresql", "sqlite")
def test_figures_of_the_ledger_are_audited_and_read_by_members(books: GovernanceHarness) -> None:
    with clock.frozen(APRIL):
        ref = approved(books)
        member = member_account()
        assert isinstance(books.refused(contract.get_disclosure, member, **ref), NotFound)
        assert books.ask(contract.list_published_disclosures, member)["items"] == []
        books.ask(contract.publish_disclosure, **ref)

        seen = books.ask(contract.get_disclosure, member, **ref)
        lines = books.ask(contract.list_disclosure_lines, member, **ref)["items"]
    assert (seen["income"], seen["expense"], seen["entries"]) == ("5000.00", "1000.00", 4)
    assert [(one["code"], one["amount"]) for one in seen["by_income"]] == [("income.allocation", "5000.00")]
    assert {one["code"]: one["amount"] for one in seen["by_month"]} == {
        "2026-01": "0.00", "2026-02": "0.00", "2026-03": "1000.00",
    }  # fmt: skip
    assert [(one["spent"], one["spent_year"]) for one in lines if one["code"] == LINE] == [("1000.00", "1000.00")]
    assert (seen["history"], seen["actions"]) == ([], [])
    (told,) = books.events("disclosure_published")
    assert (told["year"], told["part"], told["notify"]) == (2026, "q1", True)
    assert [one["state"] for one in books.events("disclosure_moved")] == ["submitted", "approved"]


def test_what_is_not_over_or_not_closed_is_not_disclosed(books: GovernanceHarness) -> None:
    refused = books.refused(contract.prepare_disclosure, year=2026, part="q1")
    assert (refused.rule, refused.field, refused.params["last_day"]) == (
        "disclosures.part_is_over", "part", "2026-03-31",
    )  # fmt: skip
    with clock.frozen(APRIL):
        one = prepared(books)
        assert one["open_months"] == ["2026-02", "2026-03"]
        refused = books.refused(contract.submit_disclosure, disclosure_id=one["id"])
    assert (refused.rule, refused.params["open"]) == ("disclosures.months_are_closed", "2026-02、2026-03")


def test_an_entry_after_the_draft_is_in_the_figures_that_are_submitted(books: GovernanceHarness) -> None:
    with clock.frozen(APRIL):
        one = prepared(books)
        books.ask(
            funds.record_income, kind="allocation", amount="70.00", description="补记", posted_on="2026-03-30",
        )  # fmt: skip
        for month in MONTHS:
            books.ask(close_fund_period, period=month)
        sent = books.ask(contract.submit_disclosure, disclosure_id=one["id"])
    assert (one["income"], sent["income"]) == ("5000.00", "5070.00")
    assert sent["last_sequence"] == one["last_sequence"] + 1


def test_nobody_approves_what_they_submitted(books: GovernanceHarness) -> None:
    both = officer()
    both = Principal(both.kind, both.account_id, both.member_id, (*both.grants, Grant("auditor")))
    with clock.frozen(APRIL):
        for month in MONTHS:
            books.ask(close_fund_period, period=month)
        ref = {"disclosure_id": prepared(books, both)["id"]}
        books.ask(contract.submit_disclosure, both, **ref)
        assert books.refused(contract.approve_disclosure, both, **ref).rule == "disclosures.another_approves"
        assert isinstance(books.refused(contract.approve_disclosure, officer(), **ref), NotAllowed)
        back = books.ask(contract.return_disclosure, auditor(), **ref, reason="说明不清楚")
    assert (back["state"], [one["step"] for one in back["history"]]) == ("draft", ["prepare", "submit", "return"])


def test_a_part_is_disclosed_once_until_it_is_taken_down(books: GovernanceHarness) -> None:
    with clock.frozen(APRIL):
        ref = approved(books)
        assert books.refused(contract.prepare_disclosure, year=2026, part="q1").rule == "disclosures.disclosed_once"
        assert prepared_other(books)["part"] == "year"
        books.ask(contract.publish_disclosure, **ref, notify=False)
        books.ask(contract.withdraw_disclosure, **ref, reason="漏记一笔")
        assert isinstance(books.refused(contract.get_disclosure, member_account(), **ref), NotFound)
        assert prepared(books)["state"] == "draft"


def prepared_other(books: GovernanceHarness) -> dict[str, Any]:
    return dict(books.ask(contract.prepare_disclosure, year=2025, part="year"))


@pytest.mark.databases("postgresql", "sqlite")
def test_of_two_who_prepare_at_once_one_is_refused(books: GovernanceHarness) -> None:
    with clock.frozen(APRIL):
        answers = at_once(2, lambda _: books.ask(contract.prepare_disclosure, officer(), year=2026, part="q1"))
        listed = books.ask(contract.list_disclosures)["items"]
    assert sum(isinstance(one, Refused) for one in answers) == 1
    assert len(listed) == 1


def test_the_second_who_changes_a_draft_is_told(books: GovernanceHarness) -> None:
    with clock.frozen(APRIL):
        one = prepared(books)
        ref = {"disclosure_id": one["id"], "version": one["version"]}
        assert books.ask(contract.change_disclosure, **ref, note="改写的说明")["note"] == "改写的说明"
        assert isinstance(books.refused(contract.change_disclosure, **ref, note="另一稿"), PreconditionFailed)


def test_members_ask_and_all_read_the_answer(books: GovernanceHarness) -> None:
    with clock.frozen(APRIL):
        ref = approved(books)
        asker, other = member_account(), member_account()
        unpublished = books.refused(contract.ask_disclosure_question, asker, **ref, text="为什么这么多？")
        assert isinstance(unpublished, NotFound)
        books.ask(contract.publish_disclosure, **ref)
        one = books.ask(contract.ask_disclosure_question, asker, **ref, text="器材放在哪里？")
        two = books.ask(contract.ask_disclosure_question, other, **ref, text="某某报销了什么？")
        assert [row["own"] for row in books.ask(contract.list_disclosure_questions, asker, **ref)["items"]] == [True]
        books.ask(contract.answer_disclosure_question, question_id=one["id"], answer="在教工之家。")
        books.ask(contract.decline_disclosure_question, question_id=two["id"], reason="涉及个人")
        shown = books.ask(contract.list_disclosure_questions, chair_of(), **ref)["items"]
        own = books.ask(contract.list_disclosure_questions, other, **ref)["items"]
        again = books.refused(contract.answer_disclosure_question, question_id=two["id"], answer="不该公开")
    assert [(row["text"], row["answer"], row["reason"]) for row in shown] == [("器材放在哪里？", "在教工之家。", None)]
    assert [(row["state"], row["reason"]) for row in own] == [("declined", "涉及个人"), ("answered", None)]
    assert again.rule == "workflow.disclosure_question"
    assert [one["state"] for one in books.events("disclosure_question_answered")] == ["answered", "declined"]
    assert "member_id" not in shown[0]


def test_one_member_has_few_open_questions(books: GovernanceHarness, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.governance.disclosures.rules.MOST_OPEN", 1)
    with clock.frozen(APRIL):
        ref = approved(books)
        books.ask(contract.publish_disclosure, **ref)
        asker = member_account()
        books.ask(contract.ask_disclosure_question, asker, **ref, text="器材放在哪里？")
        refused = books.refused(contract.ask_disclosure_question, asker, **ref, text="还有一个问题？")
    assert refused.rule == "disclosures.questions_are_few"
