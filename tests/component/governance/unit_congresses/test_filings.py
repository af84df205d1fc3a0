"""Filings of units: the way from plan to accepted record, who may do what, the days, guidance, comparison."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from services.chassis import clock
from services.chassis.errors import Problem
from services.contracts.governance.unit_congresses import operations as contract
from services.governance.unit_congresses.workflow import FILING
from tests.component.governance.harness import GovernanceHarness
from tests.component.governance.unit_congresses.filings import LARGE, Filings, document, plan, record
from tests.support.at_once import at_once
from tests.support.principals import auditor, chair_of, member_account

pytestmark = pytest.mark.databases("sqlite")


def at(*day: int) -> Any:
    return clock.frozen(datetime(*day, 4, tzinfo=UTC))  # type: ignore[arg-type]


@pytest.mark.databases("postgresql", "sqlite")
def test_a_unit_files_its_plan_and_then_its_record(filings: Filings) -> None:
    done = filings.accepted()

    assert (done["state"], done["accepted_on"], done["late"], done["members"]) == ("accepted", "2026-03-11", False, 80)
    assert done["quorum"] == 20
    assert [(one["needed"], one["passed"]) for one in done["resolutions"]] == [(16, True)]
    assert [step["step"] for step in done["history"]] == [
        "open", "submit_plan", "accept_plan", "submit_record", "accept_record",
    ]  # fmt: skip
    governance = filings.governance
    told = [(one["part"], one["state"]) for one in governance.events("filing_reviewed")]
    assert told == [("plan", "planned"), ("record", "accepted")]
    assert [one["state"] for one in governance.events("filing_submitted")] == ["plan_filed", "record_filed"]
    assert governance.events("filing_submitted")[0]["unit_id"] == str(filings.large)


def _waived(filings: Filings) -> Any:
    return filings.ask(contract.waive_filing, filings.opened(), filings.officer, reason="本年度合并")


REACHED: dict[str, Callable[[Filings], Any]] = {
    "awaited": Filings.opened, "plan_filed": Filings.planned,
    "plan_returned": lambda filings: filings.review(filings.planned(), "return", "议程不全"),
    "planned": Filings.recording, "record_filed": Filings.filed,
    "record_returned": lambda filings: filings.review(filings.filed(), "return", "缺决议"),
    "accepted": Filings.accepted, "waived": _waived,
}  # fmt: skip


def _acts(filings: Filings, filing: Any) -> dict[str, Callable[[], Any]]:
    def office(operation: Any, **more: Any) -> Callable[[], Any]:
        return lambda: filings.refused(operation, filing, filings.officer, **more)

    return {
        "submit_plan": lambda: filings.refused(contract.submit_filing_plan, filing, **plan()),
        "submit_record": lambda: filings.refused(contract.submit_filing_record, filing),
        "accept": office(contract.review_filing, decision="accept"),
        "return": office(contract.review_filing, decision="return", reason="请补充"),
        "waive": office(contract.waive_filing, reason="已合并"),
        "require": office(contract.require_filing, reason="仍须报送"),
        "reopen": office(contract.reopen_filing, reason="数字有误"),
    }


def test_the_states_of_the_table_are_all_reached() -> None:
    assert set(REACHED) == set(FILING.states)


@pytest.mark.parametrize("state", list(REACHED))
def test_illegal_steps_are_refused_with_the_legal_ones(filings: Filings, state: str) -> None:
    filing = REACHED[state](filings)
    legal = {one.removesuffix("_plan").removesuffix("_record") if one.startswith(("accept", "return")) else one
             for one in FILING.legal(state)}  # fmt: skip
    refused = 0
    for name, act in _acts(filings, filing).items():
        if name in legal:
            continue
        problem = act()
        mine = {"unit"} if name.startswith("submit") else {"office"}
        assert (problem.rule, problem.params["legal"]) == ("workflow.filing", list(FILING.legal(state, mine))), name
        refused += 1
    assert refused == 7 - len(legal)
    assert filings.of(filings.large)["state"] == state


@pytest.mark.parametrize("state", ["awaited", "plan_filed", "record_filed", "accepted", "waived"])
def test_a_record_is_filled_in_only_while_it_is_due(filings: Filings, state: str) -> None:
    filing = REACHED[state](filings)
    refused = [
        filings.refused(contract.save_filing_record, filing, **record()),
        filings.refused(contract.add_filing_resolution, filing, title="决议", votes_for=3),
        filings.refused(contract.answer_filing_checks, filing, answers=[{"item": "leaders", "done": True}]),
    ]
    assert {one.rule for one in refused} == {"unit_congresses.can_be_edited"}
    attached = filings.governance.answer(
        contract.attach_filing_document, filings.chair, filing_id=filing["id"], **document("other")
    )
    assert ("ok" in attached) == (state == "awaited")


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"form": "all_staff", "delegates": None}, "unit_congresses.form_fits_size"),
        ({"delegates": None}, "unit_congresses.delegates_fit"),
        ({"delegates": 81}, "unit_congresses.delegates_fit"),
        ({"planned_on": "2027-01-05"}, "unit_congresses.is_in_its_year"),
    ],
)
def test_a_plan_fits_the_unit(filings: Filings, changes: dict[str, Any], rule: str) -> None:
    refused = filings.refused(contract.submit_filing_plan, filings.opened(), **plan(**changes))
    assert refused.rule == rule
    if rule == "unit_congresses.form_fits_size":
        assert (refused.params["members"], refused.params["line"], refused.params["article"]) == (80, 80, "第十五条")


def test_below_the_line_all_meet(filings: Filings) -> None:
    filings.opened()
    small = filings.of(filings.small)
    congress = plan(delegates=3)
    assert filings.refused(contract.submit_filing_plan, small, filings.other, **congress).rule == (
        "unit_congresses.form_fits_size"
    )
    every = plan(form="all_staff", delegates=3)
    refused = filings.refused(contract.submit_filing_plan, small, filings.other, **every)
    assert refused.rule == "unit_congresses.all_staff_has_no_delegates"
    every["delegates"] = None
    assert filings.ask(contract.submit_filing_plan, small, filings.other, **every)["state"] == "plan_filed"


def test_a_union_draws_its_own_line(filings: Filings) -> None:
    filings.set_rule("staff_line", "5")
    filings.opened()
    small = filings.of(filings.small)
    assert filings.ask(contract.submit_filing_plan, small, filings.other, **plan(delegates=3))["form"] == "congress"


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"present": 19}, "unit_congresses.quorum_is_there"),
        ({"present": 31}, "unit_congresses.people_fit"),
        ({"entitled": 31, "present": 31}, "unit_congresses.entitled_fit_plan"),
        ({"held_on": "2026-03-12"}, "unit_congresses.was_held"),
        ({"held_on": "2025-12-31"}, "unit_congresses.is_in_its_year"),
    ],
)
def test_a_record_fits_plan_day_and_quorum(filings: Filings, changes: dict[str, Any], rule: str) -> None:
    refused = filings.refused(contract.save_filing_record, filings.recording(), **record(**changes))
    assert refused.rule == rule
    if rule == "unit_congresses.quorum_is_there":
        assert (refused.params["quorum"], refused.params["missing"]) == (20, 1)


def test_resolutions_are_counted_of_all_entitled(filings: Filings) -> None:
    filing = filings.recording()
    early = filings.refused(contract.add_filing_resolution, filing, title="决议一", votes_for=1)
    assert early.rule == "unit_congresses.record_is_begun"
    filings.ask(contract.save_filing_record, filing, **record())
    told = filings.ask(contract.add_filing_resolution, filing, title="决议一", votes_for=15, votes_against=9)
    assert [(one["needed"], one["passed"]) for one in told["resolutions"]] == [(16, False)]
    many = filings.refused(contract.add_filing_resolution, filing, title="决议二", votes_for=25)
    assert many.rule == "unit_congresses.votes_fit"
    fewer = filings.ask(contract.save_filing_record, filing, **record(entitled=28))
    assert [(one["needed"], one["passed"]) for one in fewer["resolutions"]] == [(15, True)]
    key = fewer["resolutions"][0]["id"]
    assert filings.ask(contract.remove_filing_resolution, filing, resolution_id=key)["resolutions"] == []


def test_checklist_and_documents_are_complete(filings: Filings) -> None:
    filing = filings.recording()
    filings.ask(contract.save_filing_record, filing, **record())
    open_list = filings.refused(contract.submit_filing_record, filing)
    assert (open_list.rule, len(open_list.params["items"])) == ("unit_congresses.checklist_is_answered", 8)
    assert open_list.params["items"][-1] == "通报师德师风建设情况"
    silent = filings.refused(contract.answer_filing_checks, filing, answers=[{"item": "leaders", "done": False}])
    assert silent.rule == "unit_congresses.omission_is_explained"
    strange = filings.refused(contract.answer_filing_checks, filing, answers=[{"item": "no such", "done": True}])
    assert strange.rule == "unit_congresses.item_is_listed"
    answers = [{"item": item, "done": item != "leaders", "note": "本年度不评议"} for item in open_list.params["items"]]
    filings.ask(contract.answer_filing_checks, filing, answers=answers)
    missing = filings.refused(contract.submit_filing_record, filing)
    assert (missing.rule, missing.params["kinds"]) == (
        "unit_congresses.documents_are_there", ["sign_in", "resolution", "minutes"],
    )  # fmt: skip
    assert missing.params["document"] == "演示规则：二级教代会备案"


def test_guidance_is_answered_before_the_unit_files(filings: Filings) -> None:
    filing = filings.opened()
    given = filings.ask(contract.write_filing_guidance, filing, filings.officer, text="请列入评议领导干部")
    assert filings.of(filings.large)["open_guidance"] == 1
    waits = filings.refused(contract.submit_filing_plan, filing, **plan())
    assert (waits.rule, waits.params["count"]) == ("unit_congresses.guidance_is_answered", 1)
    key = {"guidance_id": given["guidance"][0]["id"]}
    told = filings.ask(contract.answer_filing_guidance, filing, answer="已列入", **key)
    assert told["guidance"][0]["answer"] == "已列入"
    again = filings.refused(contract.answer_filing_guidance, filing, answer="再答复", **key)
    assert again.rule == "unit_congresses.guidance_is_open"
    assert filings.ask(contract.submit_filing_plan, filing, **plan())["state"] == "plan_filed"
    assert len(filings.governance.events("filing_guidance_given")) == 1
    assert len(filings.governance.events("filing_guidance_answered")) == 1


def test_a_return_says_why_and_gives_days(filings: Filings) -> None:
    filing = filings.planned()
    assert filings.refused(contract.review_filing, filing, filings.officer, decision="return").rule == (
        "unit_congresses.return_says_why"
    )
    with at(2026, 4, 20):
        told = filings.review(filing, "return", "议程不全")
    assert (told["reason"], told["due_on"]) == ("议程不全", "2026-05-05")


def test_who_files_does_not_review(filings: Filings) -> None:
    both = chair_of(filings.large)
    both = type(both)("account", both.account_id, both.member_id, (*both.grants, filings.officer.grants[0]))
    filing = filings.ask(contract.submit_filing_plan, filings.opened(), both, **plan())
    refused = filings.refused(contract.review_filing, filing, both, decision="accept")
    assert refused.rule == "unit_congresses.reviewer_did_not_file"


def test_another_unit_neither_reads_nor_files(filings: Filings) -> None:
    filing = filings.opened()
    for operation, more in (
        (contract.get_filing, {}),
        (contract.submit_filing_plan, plan()),
        (contract.attach_filing_document, document("notice")),
    ):
        refused = filings.refused(operation, filing, filings.other, **more)
        assert (refused.status, refused.rule) in (
            (403, "own_unit"), (403, "unit_congresses.are_for_few"),
        ), operation.name  # fmt: skip
    listed = filings.governance.ask(contract.list_filings, filings.other)["items"]
    assert [one["unit_id"] for one in listed] == [str(filings.small)]
    elsewhere = filings.governance.refused(contract.list_filings, filings.other, unit_id=filings.large)
    assert elsewhere.rule == "own_unit"


def test_roles_do_what_is_theirs(filings: Filings) -> None:
    filing = filings.planned()
    assert filings.refused(contract.review_filing, filing, filings.chair, decision="accept").rule == "role_allows"
    assert filings.refused(contract.submit_filing_plan, filing, filings.officer, **plan()).rule == "role_allows"
    watcher = auditor()
    assert filings.ask(contract.get_filing, filing, watcher)["actions"] == []
    assert filings.refused(contract.waive_filing, filing, watcher, reason="免报").rule == "role_allows"


def test_members_see_what_their_unit_had_accepted(filings: Filings) -> None:
    own = member_account(filings.people[filings.large][0])
    filing = filings.filed()
    assert filings.governance.ask(contract.list_filings, own)["items"] == []
    assert filings.refused(contract.get_filing, filing, own).rule == "unit_congresses.are_for_few"
    filings.review(filing)
    told = filings.ask(contract.get_filing, filing, own)
    assert ([one["kind"] for one in told["documents"]], told["history"]) == (["resolution", "minutes"], [])
    names = next(one for one in filing["documents"] if one["kind"] == "sign_in")
    refused = filings.refused(contract.open_filing_document, filing, own, document_id=names["id"])
    assert refused.rule == "unit_congresses.names_are_for_offices"
    minutes = told["documents"][1]["id"]
    assert filings.ask(contract.open_filing_document, filing, own, document_id=minutes)["name"] == "minutes.png"
    stranger = member_account(filings.people[filings.small][0])
    assert filings.refused(contract.get_filing, filing, stranger).rule == "unit_congresses.are_for_few"


def test_units_are_told_once_before_the_day_and_once_after(filings: Filings) -> None:
    filings.opened()
    governance = filings.governance
    governance.run_timer("remind_of_filings")
    assert governance.events("filing_due") == []
    with at(2026, 3, 24):
        for _ in range(2):
            governance.run_timer("remind_of_filings")
    assert len(governance.events("filing_due")) == 2
    with at(2026, 4, 1):
        for _ in range(2):
            governance.run_timer("remind_of_filings")
        overdue = governance.ask(contract.list_filings, show="overdue", sort="due_on")["items"]
        assert {one["due_on"] for one in overdue} == {"2026-03-31"}
        late = filings.ask(contract.submit_filing_plan, filings.of(filings.large), **plan(planned_on="2026-04-10"))
    assert (len(governance.events("filing_overdue")), late["late"]) == (2, True)


def test_units_are_asked_once_and_new_ones_later(filings: Filings) -> None:
    filings.opened()
    filings.governance.run_timer("open_filings_of_this_year")
    assert len(filings.governance.events("filing_opened")) == 2
    assert filings.governance.ask(contract.open_filings, year=2026)["opened"] == 0
    with at(2026, 4, 10):
        filings._join(uuid := chair_of().account_id, 3)  # type: ignore[arg-type]
        filings.governance.run_timer("open_filings_of_this_year")
        assert filings.of(uuid)["due_on"] == "2026-04-25"  # type: ignore[arg-type]


def test_an_earlier_year_is_opened_by_an_officer(filings: Filings) -> None:
    ahead = filings.governance.refused(contract.open_filings, year=2027)
    assert ahead.rule == "unit_congresses.year_can_open"
    assert filings.governance.ask(contract.open_filings, year=2025) == {"year": 2025, "opened": 2}
    assert filings.of(filings.large, 2025)["overdue"]
    filings.governance.run_timer("remind_of_filings")
    assert filings.governance.events("filing_overdue") == []


def test_a_unit_that_was_let_off_is_asked_after_all(filings: Filings) -> None:
    filing = _waived(filings)
    assert filings.governance.events("filing_waived")[0]["part"] == "plan"
    told = filings.ask(contract.require_filing, filing, filings.officer, reason="合并推迟到明年")
    assert (told["state"], len(filings.governance.events("filing_opened"))) == ("awaited", 3)


def test_units_are_compared_over_the_years(filings: Filings) -> None:
    filings.governance.ask(contract.open_filings, year=2025)
    filings.accepted()
    ask = filings.governance.ask
    units = {one["unit_id"]: one["years"] for one in ask(contract.compare_filings)["items"]}
    large = units[str(filings.large)]
    assert [(one["year"], one["present"], one["resolutions"]) for one in large] == [(2026, 24, 1), (2025, None, 0)]
    counted = {one.pop("year"): one for one in ask(contract.filing_figures)["years"]}
    assert counted[2026] == {"accepted": 1, "review": 0, "open": 1, "overdue": 0, "waived": 0}
    assert counted[2025] == {"accepted": 0, "review": 0, "open": 0, "overdue": 2, "waived": 0}
    own = ask(contract.compare_filings, filings.other)["items"]
    assert [one["unit_id"] for one in own] == [str(filings.small)]
    assert filings.governance.refused(contract.compare_filings, filings.other, unit_id=filings.large).rule == "own_unit"


def test_a_missing_rule_refuses_the_act_and_is_named(governance: GovernanceHarness) -> None:
    filings = Filings(governance)
    governance.run_timer("open_filings_of_this_year")
    assert governance.ask(contract.list_filings)["items"] == []
    refused = governance.refused(contract.open_filings, year=2026)
    assert (refused.rule, refused.params["key"]) == ("unit_congress.plan_due", "unit_congress.plan_due")
    filings.set_rule("plan_due", "02-30")
    filings.set_rule("least_days", "10")
    wrong = governance.refused(contract.open_filings, year=2026)
    assert (wrong.rule, wrong.params["written"]) == ("unit_congresses.due_is_a_day", "02-30")


def test_a_step_that_is_sent_again_is_done_once(filings: Filings) -> None:
    filing = filings.opened()
    first, again = (
        filings.governance.ask_keyed("plan", contract.submit_filing_plan, filings.chair, filing_id=filing["id"],
                                     **plan())
        for _ in range(2)
    )  # fmt: skip
    assert first == again
    assert len(filings.governance.events("filing_submitted")) == 1


@pytest.mark.databases("postgresql")
def test_two_officers_who_decide_at_once_decide_once(filings: Filings) -> None:
    filing = filings.planned()
    decisions = ("accept", "return")
    answers = at_once(4, lambda order: filings.review(filing, decisions[order % 2], "请补充议程"))
    assert sum(not isinstance(one, Problem) for one in answers) == 1
    assert {one.rule for one in answers if isinstance(one, Problem)} == {"workflow.filing"}
    assert len(filings.governance.events("filing_reviewed")) == 1


@pytest.mark.databases("postgresql")
def test_replicas_that_ask_at_once_ask_each_unit_once(filings: Filings) -> None:
    answers = at_once(4, lambda _: filings.governance.ask(contract.open_filings, year=2026))
    assert sum(one["opened"] for one in answers) == 2
    assert len(filings.governance.events("filing_opened")) == 2


def test_the_size_of_a_unit_is_that_of_its_members(filings: Filings) -> None:
    assert filings.opened()["members"] == LARGE
