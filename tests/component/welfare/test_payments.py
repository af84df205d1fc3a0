"""Payments and reservations of welfare: asked once, answered once, told to their subject in order of their numbers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.chassis.errors import Refused
from services.chassis.identifiers import uuid7
from services.chassis.schema import Event
from services.contracts.governance.funds.events import ExpenseRecorded, ExpenseRefused, ExpenseReversed
from services.contracts.governance.funds.reservations import FundingCommitted, FundingRefused
from services.welfare.payments.use_cases import answers
from services.welfare.payments.use_cases.answers import Answer
from services.welfare.payments.use_cases.paying import (
    Payment,
    payments_of,
    request_payment,
    request_payment_again,
    show_payment,
)
from services.welfare.payments.use_cases.reserving import (
    Reservation,
    fundings_of,
    release,
    reserve,
    reserve_again,
    show_funding,
)
from tests.component.welfare.harness import WelfareHarness

SOURCE = "mutual_aid"


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Answer]]:
    """What the subject of the source is told."""
    heard: list[tuple[str, Answer]] = []
    moments = ("recorded", "refused", "reversed", "committed", "funding_refused")
    reactions = {
        (moment, SOURCE): lambda _, answer, moment=moment: heard.append((moment, answer)) for moment in moments
    }
    monkeypatch.setattr(answers, "_REACTIONS", {**answers._REACTIONS, **reactions})
    return heard


def payment(source_id: UUID, **changes: Any) -> Payment:
    values: dict[str, Any] = {
        "source_type": SOURCE, "source_id": source_id, "amount": Decimal("300.00"), "funding_source": "union",
        "spent_on": date(2023, 3, 1), "benefit_key": "hardship", "form": "cash", **changes,
    }  # fmt: skip
    return Payment(**values)


def ask(welfare: WelfareHarness, source_id: UUID, **changes: Any) -> int:
    with welfare.transaction() as tx:
        return request_payment(tx, payment(source_id, **changes)).claim


def state(welfare: WelfareHarness, source_id: UUID) -> tuple[Any, ...]:
    with welfare.transaction() as tx:
        shown = show_payment(payments_of(tx, SOURCE, [source_id])[source_id]) or {}
    return shown["claim"], shown["state"], shown["refused_rule"]


def answer(
    welfare: WelfareHarness, event: type[Event], source_id: UUID, claim: int, sequence: int, **data: Any
) -> None:
    source = {"source_type": SOURCE, "source_id": source_id, "claim": claim, **data}
    welfare.receive(f"on_{event.type}", welfare.example_message(event, sequence, **source))


def reservation(source_id: UUID, amount: str = "900.00") -> Reservation:
    return Reservation(SOURCE, source_id, 2023, Decimal(amount), "union", benefit_key="hardship", title="互助")


@pytest.mark.databases("postgresql", "sqlite")
def test_a_payment_is_asked_once_and_its_answer_told_once(welfare: WelfareHarness, told: list[tuple[str, Answer]]):
    source, entry = uuid4(), uuid7()
    assert [ask(welfare, source) for _ in range(3)] == [1, 1, 1]
    (event,) = welfare.events("payment_requested")
    assert (event["source_id"], event["claim"], event["amount"], event["benefit_key"]) == (
        str(source), 1, "300.00", "hardship")  # fmt: skip
    for sequence in (5, 5, 6):
        answer(welfare, ExpenseRecorded, source, 1, sequence, entry_id=entry)
    assert state(welfare, source) == (1, "recorded", None)
    assert [(moment, one.source_id, one.entry_id) for moment, one in told] == [("recorded", source, entry)]
    assert ask(welfare, source) == 1, "what was paid is not asked again"


def test_a_refused_payment_is_asked_again_with_the_next_number(welfare: WelfareHarness, told: list[tuple[str, Answer]]):
    source = uuid4()
    ask(welfare, source)
    answer(welfare, ExpenseRefused, source, 1, 5, rule="benefit.hardship.cap", reason_code="cap_exceeded")
    assert state(welfare, source) == (1, "refused", "benefit.hardship.cap")
    assert [(moment, one.rule, one.reason_code) for moment, one in told] == [
        ("refused", "benefit.hardship.cap", "cap_exceeded")]  # fmt: skip
    with welfare.transaction() as tx:
        assert request_payment_again(tx, SOURCE, source).claim == 2
    answer(welfare, ExpenseRefused, source, 1, 7, rule="benefit.hardship.cap", reason_code="cap_exceeded")
    assert state(welfare, source) == (2, "pending", None), "an answer to an earlier number says nothing any more"
    answer(welfare, ExpenseRecorded, source, 2, 8)
    answer(welfare, ExpenseRefused, source, 2, 6, rule="late", reason_code="cap_exceeded")
    assert state(welfare, source) == (2, "recorded", None), "an older answer that comes late says nothing"
    with pytest.raises(Refused) as refused, welfare.transaction() as tx:
        request_payment_again(tx, SOURCE, source)
    assert refused.value.rule == "payments.can_be_put_again"
    assert [event["claim"] for event in welfare.events("payment_requested")] == [1, 2]


def test_a_reversed_payment_can_be_asked_again_with_another_amount(
    welfare: WelfareHarness, told: list[tuple[str, Answer]]
):
    source = uuid4()
    ask(welfare, source)
    answer(welfare, ExpenseRecorded, source, 1, 5)
    answer(welfare, ExpenseReversed, source, 1, 6)
    assert state(welfare, source) == (1, "reversed", None)
    assert ask(welfare, source, amount=Decimal("250.00")) == 2
    assert welfare.events("payment_requested")[-1]["amount"] == "250.00"
    assert [moment for moment, _ in told] == ["recorded", "reversed"]


def test_answers_about_unknown_sources_change_nothing(welfare: WelfareHarness, told: list[tuple[str, Answer]]):
    answer(welfare, ExpenseRecorded, uuid4(), 1, 5)
    answer(welfare, FundingCommitted, uuid4(), 1, 5)
    assert told == []


@pytest.mark.databases("postgresql", "sqlite")
def test_money_is_reserved_once_and_given_back_once(welfare: WelfareHarness, told: list[tuple[str, Answer]]):
    source = uuid4()
    for _ in range(2):
        with welfare.transaction() as tx:
            reserve(tx, reservation(source))
    (asked,) = welfare.events("funding_reserved")
    assert (asked["claim"], asked["year"], asked["amount"], asked["title"]) == (1, 2023, "900.00", "互助")
    for sequence in (5, 6):
        answer(welfare, FundingCommitted, source, 1, sequence)
    assert [moment for moment, _ in told] == ["committed"]
    for _ in range(2):
        with welfare.transaction() as tx:
            release(tx, SOURCE, source)
    (released,) = welfare.events("funding_released")
    assert (released["source_id"], released["claim"]) == (str(source), 1)
    answer(welfare, FundingRefused, source, 1, 7)
    with welfare.transaction() as tx:
        assert (show_funding(fundings_of(tx, SOURCE, [source])[source]) or {})["state"] == "released"
        release(tx, SOURCE, uuid4())
    assert len(welfare.events("funding_released")) == 1


def test_what_the_budget_refused_is_asked_again_and_a_new_amount_replaces_the_old(
    welfare: WelfareHarness, told: list[tuple[str, Answer]]
):
    source = uuid4()
    with welfare.transaction() as tx:
        reserve(tx, reservation(source))
    with pytest.raises(Refused) as refused, welfare.transaction() as tx:
        reserve_again(tx, SOURCE, source)
    assert refused.value.rule == "payments.reservation_was_refused"
    answer(welfare, FundingRefused, source, 1, 5)
    assert [(moment, one.rule) for moment, one in told] == [("funding_refused", "fund.line_has_money")]
    with welfare.transaction() as tx:
        assert reserve_again(tx, SOURCE, source).claim == 2
    answer(welfare, FundingCommitted, source, 2, 6)
    with welfare.transaction() as tx:
        assert reserve(tx, reservation(source, "700.00")).claim == 3
    assert [event["amount"] for event in welfare.events("funding_reserved")] == ["900.00", "900.00", "700.00"]


def test_what_would_tell_why_somebody_is_helped_is_not_readable_in_the_database(welfare: WelfareHarness):
    source = uuid4()
    ask(welfare, source)
    with welfare.transaction() as tx:
        reserve(tx, reservation(source))
    for statement in ("SELECT benefit_key FROM payment_request", "SELECT benefit_key FROM funding"):
        ((stored,),) = welfare.stored(statement)
        assert "hardship" not in stored


def test_two_reactions_to_one_answer_are_a_mistake_of_the_program():
    register = answers.on_paid("two_at_once")
    register(lambda tx, answer: None)
    with pytest.raises(ValueError, match="two reactions"):
        register(lambda tx, answer: None)
    answers._REACTIONS.pop(("recorded", "two_at_once"))
