"""The way of a case: every step from intake to performance, and every illegal one refused with the legal ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from services.chassis import clock
from services.chassis.errors import NotAllowed, NotFound
from services.chassis.security.principal import Grant, Principal
from services.contracts.governance.mediation import operations as contract
from services.contracts.governance.mediation.vocabulary import DISPUTE_MOVES
from services.governance.mediation.workflow import DISPUTE
from tests.component.governance.mediation.cases import MARKS, TEXT, Cases, a_paper, id_of, person, written

pytestmark = pytest.mark.databases("sqlite")


@pytest.mark.databases("postgresql", "sqlite")
def test_a_case_goes_from_application_to_performance(cases: Cases) -> None:
    case = cases.agreed()
    told = cases.look(case, cases.applicant)

    assert (told["state"], told["agreement"]["text"], told["agreement"]["in_force_on"]) == (
        "agreement", TEXT, "2026-03-11"
    )  # fmt: skip
    assert cases.move(case, "confirm", on="2026-03-11", document_number="仲审 7 号")["state"] == "confirmed"
    assert cases.move(case, "perform", note="津贴已补发")["state"] == "performed"
    steps = [entry["action"] for entry in cases.look(case)["history"]]
    assert steps == [
        "apply", "take", "register", "party", "ask_consent", "consent", "accept", "assign", "serve", "begin", "draft",
        "agree", "confirm", "perform",
    ]  # fmt: skip
    assert len(cases.governance.events("dispute_registered")) == len(cases.governance.events("dispute_closed")) == 1


def _declined(cases: Cases) -> str:
    case = cases.asked()
    cases.ask(contract.answer_consent, cases.respondent, case, about="mediation", answer=False, note="已发放")
    return case


def _ended(name: str) -> Callable[[Cases], str]:
    def end(cases: Cases) -> str:
        case = cases.agreed() if name in ("confirm", "perform", "breach") else cases.mediating()
        by = cases.applicant if name == "withdraw" else cases.clerk
        cases.move(case, name, by)
        return case

    return end


def _referred(cases: Cases) -> str:
    case = cases.taken()
    cases.move(case, "refer", note="请向人事处申请复核")
    return case


def _registered(cases: Cases) -> str:
    case = cases.taken()
    cases.move(case, "register")
    return case


REACHED: dict[str, Callable[[Cases], str]] = {
    "applied": Cases.taken, "registered": _registered, "consent_check": Cases.asked, "accepted": Cases.accepted,
    "declined": _declined, "mediating": Cases.mediating, "agreement": Cases.agreed, "confirmed": _ended("confirm"),
    "failed": _ended("fail"), "referred": _referred, "withdrawn": _ended("withdraw"),
    "performed": _ended("perform"), "breached": _ended("breach"),
}  # fmt: skip


def test_the_states_of_the_table_are_all_reached() -> None:
    assert set(REACHED) | {"expired"} == set(DISPUTE.states)


@pytest.mark.parametrize("state", list(REACHED))
def test_illegal_steps_are_refused_with_the_legal_ones(cases: Cases, state: str) -> None:
    case = REACHED[state](cases)
    everything = frozenset({"clerk"})
    legal = DISPUTE.legal(state, everything)
    for name in DISPUTE_MOVES:
        if name in DISPUTE.legal(state):
            continue
        refused = cases.refused(contract.move_dispute, cases.clerk, case, move=name)
        assert (refused.rule, refused.params["legal"]) == ("workflow.dispute", list(legal)), name
    assert cases.look(case)["state"] == state


def test_a_step_is_for_the_part_the_table_names(cases: Cases) -> None:
    case = cases.accepted()

    assert isinstance(cases.refused(contract.move_dispute, cases.applicant, case, move="begin"), NotAllowed)
    early = cases.refused(contract.move_dispute, cases.clerk, case, move="begin")
    assert early.rule == "mediation.a_mediator_serves"


def test_an_oral_application_is_taken_down_and_its_clerk_is_who_wrote_it(cases: Cases) -> None:
    made = cases.governance.ask(
        contract.record_dispute, cases.clerk, origin="oral", recorded_at="2026-03-11T01:30:00+00:00",
        applicant_member_id=id_of(cases.applicant), **written(),
    )  # fmt: skip
    told = cases.look(made["id"], cases.applicant)

    assert (told["origin"], told["due_on"], told["recorded_at"]) == (
        "oral", "2026-03-26", "2026-03-11T01:30:00+00:00"
    )  # fmt: skip
    assert (told["clerk_id"], told["roles"]) == (str(id_of(cases.clerk)), ["applicant"])


def test_the_days_of_a_proposed_case_run_once_both_sides_agree(cases: Cases) -> None:
    made = cases.governance.ask(
        contract.record_dispute, cases.clerk, origin="proposed", applicant_member_id=id_of(cases.applicant),
        respondent_member_id=id_of(cases.respondent), **written(),
    )  # fmt: skip
    case = made["id"]
    assert made["due_on"] is None
    cases.move(case, "register")
    cases.move(case, "ask_consent")

    one = cases.ask(contract.answer_consent, cases.applicant, case, about="mediation", answer=True)
    both = cases.ask(contract.answer_consent, cases.respondent, case, about="mediation", answer=True)

    assert (one["state"], one["due_on"]) == ("consent_check", None)
    assert (both["state"], both["due_on"]) == ("accepted", "2026-03-26")


def test_matters_with_a_way_of_their_own_are_sent_there_with_the_document(cases: Cases) -> None:
    told = cases.governance.ask(contract.classify_matter, cases.applicant, matter="discipline")
    refused = cases.governance.refused(contract.apply_for_mediation, cases.applicant, **written(matter="assessment"))

    assert (told["route"], told["mediated"], told["article"]) == ("review_appeal", False, "第三十八条")
    assert (refused.rule, refused.params["document"], refused.params["route"]) == (
        "mediation.review_appeal", "事业单位人事管理条例", "review_appeal"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("known_on", "employed", "matter", "warned"),
    [
        ("2025-03-11", False, "hours", False), ("2025-03-10", False, "hours", True), ("2020-01-01", True, "pay", False),
        ("2020-01-01", False, "pay", True), (None, False, "hours", False),
    ],
)  # fmt: skip
def test_an_old_claim_is_warned_of_and_never_refused(
    cases: Cases, known_on: str | None, employed: bool, matter: str, warned: bool
) -> None:
    made = cases.apply(known_on=known_on, employed=employed, matter=matter)

    cases.governance.ask(contract.take_dispute, cases.clerk)
    assert cases.look(made)["warnings"] == (["claim_is_old"] if warned else [])


def test_a_refusal_ends_the_case_and_the_others_are_told(cases: Cases) -> None:
    case = cases.asked()
    with at(date(2026, 3, 12)):
        cases.settle()
        told = cases.ask(contract.answer_consent, cases.respondent, case, about="mediation", answer=False)
    with at(date(2026, 3, 13)):
        assert cases.notices() == sorted([str(id_of(cases.applicant)), str(id_of(cases.clerk))])
    assert told["state"] == "declined"


def test_an_answer_on_paper_needs_the_paper(cases: Cases) -> None:
    case = cases.taken()
    cases.move(case, "register")
    cases.move(case, "ask_consent")
    other = cases.look(case)["parties"][1]["id"]
    answer = {"party_id": other, "about": "mediation", "answer": True}

    assert cases.refused(contract.record_consent, cases.clerk, case, **answer).rule == "mediation.paper_is_on_file"
    cases.ask(contract.attach_dispute_paper, cases.clerk, case, **a_paper("consent"))
    assert cases.ask(contract.record_consent, cases.clerk, case, **answer)["state"] == "accepted"
    assert cases.look(case)["parties"][1]["on_paper"] is True


def test_ten_claimants_may_choose_representatives_who_answer_for_them(cases: Cases) -> None:
    case = cases.taken()
    own = cases.look(case)["parties"][0]["id"]
    for place in range(8):
        cases.ask(contract.add_dispute_party, cases.clerk, case, side="applicant", name=f"申请人{place}")
    few = cases.refused(contract.choose_representatives, cases.clerk, case, party_ids=[own])
    assert (few.rule, few.params["least"], few.params["article"]) == ("mediation.claimants_are_many", 10, "第七条")
    cases.ask(contract.add_dispute_party, cases.clerk, case, side="applicant", name="第十人")

    cases.ask(contract.choose_representatives, cases.clerk, case, party_ids=[own])

    acts = {one["name"]: one["acts"] for one in cases.look(case)["parties"] if one["side"] == "applicant"}
    assert len(acts) == 10
    assert [name for name, does in acts.items() if does] == ["申请人甲"]


def test_who_has_an_interest_steps_aside(cases: Cases) -> None:
    case = cases.accepted()
    cases.ask(contract.assign_mediator, cases.clerk, case, mediator_id=cases.mediator.member_id)
    answer = contract.answer_assignment

    asked = cases.look(case, cases.mediator)
    assert [one["name"] for one in asked["parties"]] == ["申请人甲", "后勤保障部"], "needed to know of an interest"
    assert (asked["claim"], asked["facts"], asked["history"], asked["actions"]) == (None, None, [], ["serve"])
    assert isinstance(cases.refused(contract.attach_dispute_paper, cases.mediator, case, **a_paper()), NotFound)
    kept = cases.refused(answer, cases.mediator, case, answer=True, ground="relative")
    assert (kept.rule, kept.params["article"]) == ("mediation.no_interest", "第三十三条")
    assert cases.refused(answer, cases.mediator, case, answer=False).rule == "mediation.ground_is_stated"
    cases.ask(answer, cases.mediator, case, answer=False, ground="relative")

    again = cases.refused(contract.assign_mediator, cases.clerk, case, mediator_id=cases.mediator.member_id)
    own = cases.refused(contract.assign_mediator, cases.clerk, case, mediator_id=cases.respondent.member_id)
    assert (again.rule, own.rule) == ("mediation.mediator_is_new", "mediation.mediator_is_no_party")
    assert cases.look(case)["mediators"][0]["state"] == "stepped_aside"


def test_nobody_keeps_a_case_of_ones_own(cases: Cases) -> None:
    both = person("officer", "mediator")
    cases.applicant = both
    cases.apply()

    none = cases.governance.refused(contract.take_dispute, both)

    assert none.rule == "mediation.an_application_waits"
    assert cases.governance.ask(contract.take_dispute, cases.clerk)["state"] == "applied"


def test_an_agreement_is_in_force_with_every_mark_only(cases: Cases) -> None:
    case = cases.mediating()
    early = cases.refused(contract.conclude_agreement, cases.mediator, case, **MARKS)
    assert early.params["missing"] == ["text"]
    cases.ask(contract.write_agreement, cases.mediator, case, text=TEXT)
    for name in MARKS:
        marks = {**MARKS, name: None}
        refused = cases.refused(contract.conclude_agreement, cases.mediator, case, **marks)
        assert (refused.rule, refused.params["missing"]) == ("mediation.agreement_is_in_force", [name])
        assert "fail" in refused.params["legal"]
    ahead = {**MARKS, "sealed_on": "2026-03-12"}
    assert cases.refused(contract.conclude_agreement, cases.clerk, case, **ahead).rule == "mediation.mark_is_not_ahead"
    assert cases.ask(contract.conclude_agreement, cases.clerk, case, **MARKS)["state"] == "agreement"


def test_meetings_are_fixed_and_written_down(cases: Cases) -> None:
    case = cases.mediating()
    cases.ask(contract.schedule_hearing, cases.mediator, case, held_at="2026-03-12T06:00:00+00:00", place="工会楼 203")
    (hearing,) = cases.look(case, cases.respondent)["hearings"]
    notes = {"hearing_id": hearing["id"], "attended": "双方到场", "notes": "双方各自陈述。"}

    assert cases.refused(contract.record_hearing, cases.mediator, case, **notes).rule == "mediation.hearing_has_begun"
    with at(date(2026, 3, 13)):
        cases.ask(contract.record_hearing, cases.mediator, case, **notes)
    assert cases.look(case)["hearings"][0]["notes"] == "双方各自陈述。"


def test_a_case_given_back_goes_to_another_clerk(cases: Cases) -> None:
    case = cases.taken()
    cases.ask(contract.release_dispute, cases.clerk, case, reason="本人将出差")
    another = person("officer")

    assert cases.governance.ask(contract.dispute_queue, another) == {"waiting": 1, "orphaned": 0}
    assert cases.governance.ask(contract.take_dispute, another)["id"] == case
    assert isinstance(cases.refused(contract.open_dispute, cases.clerk, case), NotFound)


def test_a_case_whose_clerk_left_office_goes_on_with_another(cases: Cases) -> None:
    case = cases.accepted()
    another, party = person("officer"), member_officer(cases.applicant)
    cases.in_office(cases.clerk, another, party)
    none = cases.governance.refused(contract.take_over_dispute, another)
    assert none.rule == "mediation.a_clerk_left"

    cases.in_office(another, party)
    assert cases.governance.ask(contract.dispute_queue, another) == {"waiting": 0, "orphaned": 1}
    assert cases.governance.refused(contract.take_over_dispute, party).rule == "mediation.a_clerk_left"
    assert cases.governance.ask(contract.take_over_dispute, another)["id"] == case
    history = [(one["action"], one["role"]) for one in cases.look(case, another)["history"]]
    assert history[-1] == ("take_over", "clerk")
    assert isinstance(cases.refused(contract.open_dispute, cases.clerk, case), NotFound)
    assert cases.governance.ask(contract.dispute_queue, another)["orphaned"] == 0


def member_officer(of: Principal) -> Principal:
    """Return a member who holds an office too."""
    return replace(of, grants=(Grant("member"), Grant("officer")))


def at(day: date) -> object:
    """Return the clock stopped at noon of a day, China's time."""
    return clock.frozen(datetime(day.year, day.month, day.day, 4, tzinfo=UTC))
