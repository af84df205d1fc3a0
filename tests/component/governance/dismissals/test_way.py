"""Dismissal notices: from the employer's notice to the end, its steps, its clock, two who act at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from services.chassis import clock
from services.chassis.errors import NotFound, Problem
from services.chassis.security.principal import Grant
from services.contracts.governance.dismissals import operations as contract
from services.contracts.governance.mediation import operations as mediation
from services.governance.dismissals.workflow import DISMISSAL
from tests.component.governance.dismissals.notices import BROKEN, MEDIATION, NAME, PNG, REASON, TEXT, Notices
from tests.component.governance.harness import GovernanceHarness, hold_office
from tests.support.at_once import at_once
from tests.support.principals import member_account, officer

pytestmark = pytest.mark.databases("sqlite")


REACHED: dict[str, Callable[[Notices], Any]] = {
    "in_review": Notices.taken, "agreed": Notices.agreed, "correction": Notices.corrected,
    "answered": Notices.answered, "withdrawn": Notices.withdrawn, "closed": Notices.closed,
}  # fmt: skip


@pytest.mark.databases("postgresql", "sqlite")
def test_a_notice_goes_from_the_employer_to_its_end(notices: Notices) -> None:
    notice = notices.answered()
    assert notices.ask(contract.close_dismissal, notice, note="单位已改变决定")["state"] == "closed"
    told = notices.ask(contract.open_dismissal, notice, notices.member)

    assert (told["opinion"], told["violated"], told["answer"], told["due_on"]) == (
        "correct", BROKEN, "changed", "2026-03-18",
    )  # fmt: skip
    assert [one["step"] for one in told["history"]] == ["notify", "take", "correct", "answer", "close"]
    assert [one["role"] for one in told["looks"]] == ["member"]
    events = notices.governance.events
    assert [set(one) - {"type"} for one in events("dismissal_opinion_due")] == [{"case_id", "due_on"}]
    assert events("dismissal_opinion_settled")[0]["case_id"] == events("dismissal_opinion_due")[0]["case_id"]
    assert events("dismissal_opinion_due")[0]["case_id"] != notice["id"]


def test_the_states_of_the_table_are_all_reached() -> None:
    assert set(REACHED) | {"received"} == set(DISMISSAL.states)


@pytest.mark.parametrize("state", list(REACHED))
def test_illegal_steps_are_refused_with_the_legal_ones(notices: Notices, state: str) -> None:
    notice = REACHED[state](notices)
    acts: dict[str, tuple[Any, dict[str, Any]]] = {
        "release": (contract.release_dismissal, {"note": "请他人接办"}),
        "agree": (contract.give_dismissal_opinion, {"opinion": "agree", "decided_by": "chair"}),
        "correct": (
            contract.give_dismissal_opinion,
            {"opinion": "correct", "opinion_text": TEXT, "violated": BROKEN, "decided_by": "chair"},
        ),
        "answer": (contract.answer_dismissal, {"answer": "kept", "answer_text": "维持"}),
        "withdraw": (contract.withdraw_dismissal, {"note": "撤回"}),
        "close": (contract.close_dismissal, {"note": "办结"}),
    }
    legal = DISMISSAL.legal(state, {"clerk"})
    for name, (operation, more) in acts.items():
        if name in legal:
            continue
        problem = notices.refused(operation, notice, **more)
        assert (problem.rule, problem.params["legal"]) == ("workflow.dismissal", list(legal)), name
    assert notices.ask(contract.open_dismissal, notice)["state"] == state


def test_only_the_clerk_decides_and_who_is_concerned_keeps_no_notice(notices: Notices) -> None:
    notice = notices.taken()
    more = {"opinion": "agree", "decided_by": "chair"}
    assert notices.refused(contract.give_dismissal_opinion, notice, officer(), **more).status == 404
    wrong = notices.refused(contract.close_dismissal, notice, notices.member, note="办结")
    assert wrong.rule == "role_allows"
    concerned = officer()
    notices.notify(member_id=concerned.member_id)
    with pytest.raises(NotFound):
        notices.governance.ask(contract.take_dismissal, concerned)
    own = notices.governance.refused(
        contract.notify_dismissal, concerned, member_id=concerned.member_id, person_name=NAME, ground="other",
        reason=REASON, effective_on="2026-04-10",
    )  # fmt: skip
    assert own.rule == "dismissals.clerk_is_not_concerned"


def test_a_request_for_correction_says_what_is_broken(notices: Notices) -> None:
    notice = notices.taken()
    told = {"opinion": "correct", "decided_by": "committee"}
    assert notices.refused(contract.give_dismissal_opinion, notice, **told).field == "opinion_text"
    silent = notices.refused(contract.give_dismissal_opinion, notice, **told, opinion_text=TEXT)
    assert (silent.rule, silent.field) == ("dismissals.correction_says_why", "violated")


def test_a_notice_comes_before_the_contract_ends(notices: Notices) -> None:
    values = {"person_name": NAME, "ground": "other", "reason": REASON, "effective_on": "2026-03-11"}
    refused = notices.governance.refused(contract.notify_dismissal, notices.employer, **values)
    assert refused.rule == "dismissals.notice_is_before"


def test_what_the_clerk_records_for_the_employer_stands_on_paper(notices: Notices) -> None:
    notice = notices.notify(notices.clerk, member_id=None)
    assert (notice["channel"], notice["state"], notice["roles"]) == ("paper", "in_review", ["clerk"])
    told = {"opinion": "correct", "opinion_text": TEXT, "violated": BROKEN, "decided_by": "chair"}
    bare = notices.refused(contract.give_dismissal_opinion, notice, **told)
    assert bare.rule == "dismissals.paper_is_on_file"
    came = {"kind": "notice", "name": "通知.png", "media_type": "image/png", "content": PNG}
    notices.ask(contract.attach_dismissal_paper, notice, **came)
    notices.ask(contract.give_dismissal_opinion, notice, **told)
    said = {"answer": "kept", "answer_text": "维持原决定。"}
    assert notices.refused(contract.answer_dismissal, notice, **said).rule == "dismissals.paper_is_on_file"
    paper = {"kind": "answer", "name": "答复.png", "media_type": "image/png", "content": PNG}
    notices.ask(contract.attach_dismissal_paper, notice, **paper)
    assert notices.ask(contract.answer_dismissal, notice, **said)["state"] == "answered"
    key = notices.ask(contract.open_dismissal, notice)["papers"][1]["id"]
    assert notices.ask(contract.open_dismissal_paper, notice, paper_id=key)["name"] == "answer.png"
    assert [one["what"] for one in notices.ask(contract.open_dismissal, notice)["looks"]][:2] == ["notice", "answer"]


def test_the_opinion_is_due_and_overdue_once(notices: Notices) -> None:
    notice = notices.taken()
    governance = notices.governance
    with clock.frozen(datetime(2026, 3, 18, 15, tzinfo=UTC)):
        governance.run_timer("tell_overdue_opinions")
    assert governance.events("dismissal_opinion_overdue") == []
    with clock.frozen(datetime(2026, 3, 18, 16, tzinfo=UTC)):
        for _ in range(2):
            governance.run_timer("tell_overdue_opinions")
        assert notices.ask(contract.open_dismissal, notice)["overdue"]
    assert len(governance.events("dismissal_opinion_overdue")) == 1


def test_without_a_rule_on_the_days_a_notice_is_refused(governance: GovernanceHarness) -> None:
    values = {"person_name": NAME, "ground": "other", "reason": REASON, "effective_on": "2026-04-10"}
    refused = governance.refused(contract.notify_dismissal, officer(), **values)
    assert refused.rule == "dismissal.opinion_days"


def test_the_member_applies_for_mediation_once(notices: Notices) -> None:
    notice = notices.taken()
    made = notices.ask(contract.refer_dismissal, notice, notices.member, **MEDIATION)
    mine = notices.governance.ask(mediation.list_disputes, notices.member)["items"]
    assert [(one["id"], one["matter"]) for one in mine] == [(made["dispute_id"], "dismissal")]
    again = notices.refused(contract.refer_dismissal, notice, notices.member, **MEDIATION)
    assert again.rule == "dismissals.referred_once"


def test_nothing_is_mediated_once_the_notice_is_withdrawn(notices: Notices) -> None:
    notice = notices.withdrawn()
    refused = notices.refused(contract.refer_dismissal, notice, notices.member, **MEDIATION)
    assert refused.rule == "dismissals.notice_stands"
    assert notices.ask(contract.open_dismissal, notice, notices.member)["actions"] == []


def test_an_employer_who_does_not_answer_is_awaited_until_the_contract_ends(notices: Notices) -> None:
    notice = notices.corrected()
    early = notices.refused(contract.close_dismissal, notice, note="单位没有答复")
    assert (early.rule, early.params["effective_on"]) == ("dismissals.answer_is_awaited", "2026-04-10")
    with clock.frozen(datetime(2026, 4, 10, 4, tzinfo=UTC)):
        assert notices.ask(contract.close_dismissal, notice, note="单位没有答复")["state"] == "closed"


def test_the_opinion_is_due_before_the_contract_ends(notices: Notices) -> None:
    assert notices.notify(effective_on="2026-03-14")["due_on"] == "2026-03-13"


def test_a_notice_that_is_sent_again_is_kept_once(notices: Notices) -> None:
    values = {"person_name": NAME, "ground": "other", "reason": REASON, "effective_on": "2026-04-10"}
    first, again = (
        notices.governance.ask_keyed("notice", contract.notify_dismissal, notices.employer, **values) for _ in range(2)
    )
    assert first == again
    assert notices.governance.stored("SELECT count(*) FROM dismissal_notice") == [(1,)]


@pytest.mark.databases("postgresql")
def test_officers_who_take_at_once_take_one_notice_each(notices: Notices) -> None:
    notices.notify()
    clerks = [officer() for _ in range(4)]
    answers = at_once(4, lambda order: notices.governance.ask(contract.take_dismissal, clerks[order]))
    assert sum(not isinstance(one, Problem) for one in answers) == 1


@pytest.mark.databases("postgresql")
def test_a_clerk_who_decides_twice_at_once_decides_once(notices: Notices) -> None:
    notice = notices.taken()
    told = {"opinion_text": TEXT, "violated": BROKEN, "decided_by": "chair"}
    answers = at_once(
        4,
        lambda order: notices.ask(
            contract.give_dismissal_opinion, notice, opinion=("agree", "correct")[order % 2], **told
        ),
    )
    assert sum(not isinstance(one, Problem) for one in answers) == 1
    assert {one.rule for one in answers if isinstance(one, Problem)} == {"workflow.dismissal"}
    assert len(notices.governance.events("dismissal_opinion_settled")) == 1


def test_a_notice_whose_clerk_left_office_is_taken_over(notices: Notices) -> None:
    notice, successor = notices.corrected(), officer()
    notices.notices()
    concerned = replace(notices.member, grants=(*member_account().grants, Grant("officer")))
    ask = notices.governance.ask
    hold_office(notices.governance, notices.clerk, successor, concerned)
    none = notices.governance.refused(contract.take_over_dismissal, successor)
    assert none.rule == "dismissals.a_clerk_left"

    hold_office(notices.governance, successor, concerned)
    assert ask(contract.dismissal_queue, successor) == {"waiting": 0, "orphaned": 1}
    assert notices.governance.refused(contract.take_over_dismissal, concerned).rule == "dismissals.a_clerk_left"
    taken = ask(contract.take_over_dismissal, successor)
    assert (taken["id"], taken["state"], taken["roles"]) == (notice["id"], "correction", ["clerk"])
    assert notices.notices() == [str(notices.member.member_id)]
    told = notices.ask(contract.open_dismissal, notice, successor)
    assert [one["step"] for one in told["history"]][-1] == "take_over"
    assert notices.refused(contract.open_dismissal, notice, notices.clerk).status == 404
    said = {"answer": "changed", "answer_text": "改为警告处分。"}
    notices.ask(contract.answer_dismissal, notice, notices.employer, **said)
    assert notices.ask(contract.close_dismissal, notice, successor, note="已告知")["state"] == "closed"


def test_the_list_is_searched_by_number_and_ground(notices: Notices) -> None:
    first = notices.taken()
    notices.notify(ground="layoff")
    notices.governance.ask(contract.take_dismissal, notices.clerk)

    def found(q: str) -> list[str]:
        return [one["ground"] for one in notices.governance.ask(contract.list_dismissals, notices.clerk, q=q)["items"]]

    assert (found("裁员"), found(first["number"]), found("裁员%")) == (["layoff"], ["serious_breach"], [])
