"""The fifteen days: the last one counts, an end on a day off moves, both sides may extend; reminders, erasure."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from services.chassis import clock
from services.contracts.governance.mediation import operations as contract
from services.contracts.governance.rulebook import operations as rulebook
from tests.component.governance.mediation.cases import MARKS, TEXT, Cases, a_paper, id_of

pytestmark = pytest.mark.databases("sqlite")


def at(day: date, hour: int = 4) -> object:
    """Return the clock stopped on a day, by default at noon of China's time."""
    return clock.frozen(datetime(day.year, day.month, day.day, hour, tzinfo=UTC))


def expire(cases: Cases) -> None:
    cases.governance.run_timer("expire_disputes")


@pytest.mark.parametrize(
    ("received", "last"),
    [
        (date(2026, 3, 11), "2026-03-26"),  # a Thursday
        (date(2026, 3, 13), "2026-03-30"),  # the fifteenth day is a Saturday
        (date(2025, 9, 17), "2025-10-09"),  # 2 October is within eight days off
    ],
)
def test_the_day_of_receipt_does_not_count_and_an_end_on_a_day_off_moves(
    cases: Cases, received: date, last: str
) -> None:
    with at(received):
        case = cases.taken()
        assert cases.look(case)["due_on"] == last


@pytest.mark.databases("postgresql", "sqlite")
def test_the_last_day_counts_and_the_next_ends_the_case(cases: Cases) -> None:
    case = cases.mediating()
    cases.ask(contract.write_agreement, cases.mediator, case, text=TEXT)
    with at(date(2026, 3, 26), 15):  # 23:00 of the last day in China
        expire(cases)
        assert cases.look(case)["state"] == "mediating"
    with at(date(2026, 3, 26), 16):  # midnight
        late = cases.refused(contract.conclude_agreement, cases.mediator, case, **MARKS)
        assert (late.rule, late.params["due_on"]) == ("mediation.days_are_left", "2026-03-26")
        expire(cases)
        told = cases.look(case)
    assert (told["state"], told["history"][-1]["action"], told["history"][-1]["role"]) == ("expired", "expire", None)
    assert len(cases.governance.events("dispute_closed")) == 1


def test_on_the_last_day_an_agreement_is_concluded(cases: Cases) -> None:
    case = cases.mediating()
    cases.ask(contract.write_agreement, cases.mediator, case, text=TEXT)
    with at(date(2026, 3, 26), 15):
        assert cases.ask(contract.conclude_agreement, cases.mediator, case, **MARKS)["state"] == "agreement"
    with at(date(2026, 4, 20)):
        expire(cases)
        assert cases.look(case)["state"] == "agreement"


def test_an_extension_holds_once_both_sides_agree(cases: Cases) -> None:
    case = cases.mediating()
    early = cases.refused(contract.propose_extension, cases.mediator, case, until="2026-03-26")
    assert early.rule == "mediation.extension_is_later"
    cases.ask(contract.propose_extension, cases.mediator, case, until="2026-04-10")
    yes = {"about": "extension", "answer": True}

    first = cases.ask(contract.answer_consent, cases.applicant, case, **yes)
    assert first["due_on"] == "2026-03-26"
    assert cases.refused(contract.answer_consent, cases.applicant, case, **yes).rule == "mediation.answer_is_asked"
    assert cases.look(case, cases.respondent)["asks"] == ["extension"]
    second = cases.ask(contract.answer_consent, cases.respondent, case, **yes)

    assert second["due_on"] == "2026-04-10"
    with at(date(2026, 4, 10)):
        expire(cases)
        assert cases.look(case)["state"] == "mediating"
    with at(date(2026, 4, 11)):
        expire(cases)
        assert cases.look(case)["state"] == "expired"


def test_an_extension_that_one_side_refuses_does_not_hold(cases: Cases) -> None:
    case = cases.mediating()
    cases.ask(contract.propose_extension, cases.clerk, case, until="2026-04-10")
    cases.ask(contract.answer_consent, cases.applicant, case, about="extension", answer=True)
    cases.ask(contract.answer_consent, cases.respondent, case, about="extension", answer=False)

    told = cases.look(case)
    assert (told["due_on"], told["extension_until"], told["asks"]) == ("2026-03-26", None, [])


def test_a_late_proposal_is_refused(cases: Cases) -> None:
    case = cases.mediating()
    with at(date(2026, 3, 27)):
        late = cases.refused(contract.propose_extension, cases.mediator, case, until="2026-04-10")
    assert late.rule == "mediation.days_are_left"


def test_people_are_reminded_once_before_the_last_day(cases: Cases) -> None:
    cases.mediating()
    everybody = sorted(str(id_of(one)) for one in (cases.applicant, cases.respondent, cases.clerk, cases.mediator))
    with at(date(2026, 3, 22)):
        cases.settle()
        cases.governance.run_timer("remind_of_last_days")
    with at(date(2026, 3, 23)):
        assert cases.notices() == []
        cases.governance.run_timer("remind_of_last_days")
        cases.governance.run_timer("remind_of_last_days")
    with at(date(2026, 3, 24)):
        assert cases.notices() == everybody


def test_a_missing_rule_refuses_the_act_and_is_named(cases: Cases) -> None:
    listed = cases.governance.ask(rulebook.list_rules, key="mediation.days", limit=10)["items"]
    assert [one["number"] for one in listed] == ["主席令第80号"]
    with at(date(2007, 1, 1)):  # before the law
        refused = cases.governance.refused(contract.classify_matter, cases.applicant, matter="pay")
    assert (refused.code, refused.rule) == ("no_rule_in_force", "mediation.route.pay")


def test_words_names_and_papers_are_erased_after_their_time(cases: Cases) -> None:
    case = cases.mediating()
    cases.ask(contract.attach_dispute_paper, cases.applicant, case, **a_paper())
    cases.move(case, "withdraw", cases.applicant)
    with at(date(2031, 3, 10)):
        cases.governance.run_timer("forget_ended_disputes")
        assert cases.look(case)["claim"] is not None
    with at(date(2031, 3, 11)):
        cases.governance.run_timer("forget_ended_disputes")

    for table in ("dispute_party", "dispute_entry", "dispute_paper", "stored_file", "access_log"):
        assert cases.governance.stored(f"SELECT count(*) FROM {table}") == [(0,)], table
    assert cases.governance.stored("SELECT claim, facts, agreement, matter, state FROM dispute_case") == [
        (None, None, None, "pay", "withdrawn")
    ]
