"""Dismissal notices: who sees what, who is told what, and what the tables and events tell."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from services.chassis import clock
from services.chassis.security.principal import Grant, Principal
from services.contracts.governance.dismissals import operations as contract
from tests.component.governance.dismissals.notices import MEDIATION, SECRETS, Notices
from tests.support.principals import auditor, member_account, officer

pytestmark = pytest.mark.databases("sqlite")


def test_a_notice_that_waits_is_seen_by_no_office(notices: Notices) -> None:
    notice = notices.notify()
    for by in (notices.clerk, officer(), auditor(), member_account()):
        if by.has("officer", "member"):
            assert notices.refused(contract.open_dismissal, notice, by).status == 404
            assert notices.governance.ask(contract.list_dismissals, by)["items"] == []
    other_system = Principal("program", uuid4(), None, (Grant("hr"),))
    assert notices.refused(contract.open_dismissal, notice, other_system).status == 404
    assert notices.governance.ask(contract.dismissal_queue, notices.clerk) == {"waiting": 1, "orphaned": 0}
    assert notices.ask(contract.open_dismissal, notice, notices.employer)["roles"] == ["employer"]


def test_people_are_told_that_there_is_something_and_not_what(notices: Notices) -> None:
    notice = notices.notify()
    assert notices.notices() == [str(notices.member.member_id)]
    notices.governance.ask(contract.take_dismissal, notices.clerk)
    notices.ask(contract.give_dismissal_opinion, notice, opinion="agree", decided_by="chair")
    assert notices.notices() == [str(notices.member.member_id)]


def test_nobody_else_learns_that_the_member_applied_for_mediation(notices: Notices) -> None:
    notice = notices.taken()
    notices.ask(contract.refer_dismissal, notice, notices.member, **MEDIATION)
    for by in (notices.clerk, notices.employer):
        told = notices.ask(contract.open_dismissal, notice, by)
        assert (told["referred"], [one["step"] for one in told["history"]]) == (False, ["notify", "take"])
    assert notices.ask(contract.open_dismissal, notice, notices.member)["referred"]


def test_the_clerk_names_the_member_whom_a_notice_of_the_employer_concerns(notices: Notices) -> None:
    notices.notify(member_id=None)
    notice = notices.governance.ask(contract.take_dismissal, notices.clerk)
    assert notices.refused(contract.open_dismissal, notice, notices.member).status == 404
    own = notices.refused(contract.link_dismissal, notice, member_id=notices.clerk.member_id)
    assert own.rule == "dismissals.clerk_is_not_concerned"
    told = {"member_id": notices.member.member_id}
    assert notices.refused(contract.link_dismissal, notice, officer(), **told).status == 404
    assert notices.refused(contract.link_dismissal, notice, notices.employer, **told).rule == "role_allows"
    notices.ask(contract.link_dismissal, notice, **told)
    assert notices.notices() == [str(notices.member.member_id)]
    assert notices.ask(contract.open_dismissal, notice, notices.member)["roles"] == ["member"]
    ended = notices.ask(contract.withdraw_dismissal, notice, notices.employer, note="不再解除")
    assert notices.refused(contract.link_dismissal, ended, **told).rule == "dismissals.notice_is_open"


def test_a_list_is_narrowed_and_ordered(notices: Notices) -> None:
    early, late = notices.notify(effective_on="2026-03-13"), notices.notify()
    notices.ask(contract.withdraw_dismissal, late, notices.employer, note="不再解除")

    def ids(**asked: str) -> list[str]:
        found = notices.governance.ask(contract.list_dismissals, notices.employer, **asked)["items"]
        return [one["id"] for one in found]

    assert ids() == [early["id"]]
    assert ids(state="withdrawn") == [late["id"]]
    assert ids(show="all", sort="due_on") == [early["id"], late["id"]]
    assert notices.governance.ask(contract.list_dismissals, officer(), show="all")["items"] == []


def test_counts_leave_small_ones_out(notices: Notices) -> None:
    for ground in ("layoff", "layoff", "layoff", "unfit"):
        notices.notify(ground=ground)
    figures = notices.governance.ask(contract.dismissal_figures, auditor())
    assert (figures["total"], figures["smallest"]) == (4, 3)
    counts = {one["ground"]: one["count"] for one in figures["grounds"]}
    assert (counts["layoff"], counts["unfit"], counts["crime"]) == (None, None, 0)


def test_tables_and_events_tell_no_words_and_no_names(notices: Notices) -> None:
    notices.answered()
    governance = notices.governance
    stored = repr(governance.stored("SELECT * FROM dismissal_notice")) + repr(
        governance.stored("SELECT * FROM dismissal_entry")
    )
    stored += repr(governance.stored("SELECT data FROM outbox")) + repr(
        governance.stored("SELECT * FROM private_notice")
    )
    for secret in (*SECRETS, str(notices.member.member_id), str(notices.member.member_id).replace("-", "")):
        assert secret not in stored, secret


def test_words_names_and_papers_are_erased_after_their_time(notices: Notices) -> None:
    notice = notices.closed()
    with clock.frozen(datetime(2032, 1, 2, 4, tzinfo=UTC)):
        notices.governance.run_timer("forget_ended_dismissals")
        told = notices.ask(contract.open_dismissal, notice)
    assert (told["person_name"], told["reason"], told["history"]) == (None, None, [])
    assert notices.refused(contract.open_dismissal, notice, notices.member).status == 404
