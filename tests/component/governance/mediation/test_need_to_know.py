"""Who sees a case, that every look is told to the parties, and that nothing of it is anywhere else in plain."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa

from services.chassis import clock
from services.chassis.errors import Defect, NotAllowed, NotFound, NotSignedIn
from services.chassis.security.principal import Grant, Principal
from services.contracts.governance.mediation import operations as contract
from services.governance.mediation.use_cases import mediating
from tests.component.governance.mediation.cases import SECRETS, TEXT, Cases, a_paper, id_of, person
from tests.support.principals import auditor, member_account

pytestmark = pytest.mark.databases("sqlite")


def everything(cases: Cases) -> str:
    """Return every row of every table, as a dump has it."""
    with cases.governance.database.session() as session:
        tables = sa.inspect(session.get_bind()).get_table_names()
        return "\n".join(
            str(tuple(row)) for name in tables for row in session.execute(sa.text(f'SELECT * FROM "{name}"'))
        )


def lines(caplog: pytest.LogCaptureFixture) -> str:
    """Return what was logged, as it goes to the standard output."""
    return "\n".join(str(record.msg) for record in caplog.records)


@pytest.mark.parametrize(
    "stranger", [person("officer"), auditor(), person("mediator"), member_account(), person("officer", "mediator")]
)
def test_an_office_alone_does_not_reach_a_case(cases: Cases, stranger: Principal) -> None:
    case = cases.agreed()
    cases.ask(contract.attach_dispute_paper, cases.applicant, case, **a_paper())
    paper = cases.look(case)["papers"][0]["id"]

    for operation, more in (
        (contract.open_dispute, {}),
        (contract.open_dispute_paper, {"paper_id": paper}),
        (contract.move_dispute, {"move": "perform"}),
        (contract.attach_dispute_paper, a_paper()),
    ):
        refused = cases.refused(operation, stranger, case, **more)
        assert isinstance(refused, NotFound | NotAllowed)
        assert not any(secret in str(refused.to_wire()) for secret in SECRETS)
    if "auditor" not in stranger.roles:
        assert cases.governance.ask(contract.list_disputes, stranger, show="all")["items"] == []
    unknown = cases.refused(contract.open_dispute, stranger, str(uuid4()))
    known = cases.refused(contract.open_dispute, stranger, case)
    assert unknown.to_wire() == known.to_wire(), "whether there is a case is told to nobody"


def test_a_clerk_who_lost_the_office_and_a_program_see_nothing(cases: Cases) -> None:
    case = cases.mediating()
    former = Principal("account", cases.clerk.account_id, cases.clerk.member_id, (Grant("member"),))
    program = Principal("program", None, cases.clerk.member_id, (Grant("officer"),), name="hr")
    deputy = Principal(
        "account", uuid4(), id_of(cases.clerk), (Grant("member"), Grant("officer", delegation=uuid4()))
    )  # fmt: skip

    for one in (former, program):
        assert isinstance(cases.refused(contract.open_dispute, one, case), NotFound | NotSignedIn | NotAllowed)
    assert isinstance(cases.refused(contract.release_dispute, deputy, case, reason="代办"), NotAllowed)


def test_a_replaced_mediator_and_one_who_has_not_answered_see_nothing(cases: Cases) -> None:
    case = cases.mediating()
    cases.ask(
        contract.remove_mediator, cases.clerk, case, mediator_id=cases.mediator.member_id, reason="当事人要求更换"
    )

    assert isinstance(cases.refused(contract.open_dispute, cases.mediator, case), NotFound)
    assert cases.governance.ask(contract.list_disputes, cases.mediator)["items"] == []


def test_every_look_is_shown_to_the_parties(cases: Cases) -> None:
    case = cases.mediating()
    cases.ask(contract.attach_dispute_paper, cases.clerk, case, **a_paper("record"))
    paper = cases.look(case, cases.mediator)["papers"][0]["id"]
    cases.ask(contract.open_dispute_paper, cases.mediator, case, paper_id=paper)

    looks = cases.look(case, cases.respondent)["looks"]

    assert [(one["role"], one["what"]) for one in looks[:3]] == [
        ("respondent", "case"), ("mediator", "record"), ("mediator", "case")
    ]  # fmt: skip
    assert looks[1]["account_id"] == str(cases.mediator.account_id)


def test_lists_and_replies_of_steps_have_no_words_and_no_names(cases: Cases) -> None:
    case = cases.agreed()
    told = json.dumps(cases.governance.ask(contract.list_disputes, cases.clerk), ensure_ascii=False)
    moved = json.dumps(cases.move(case, "perform"), ensure_ascii=False)

    assert not any(secret in told + moved for secret in SECRETS)


@pytest.mark.databases("postgresql", "sqlite")
def test_a_dump_of_the_database_has_none_of_it_in_plain(cases: Cases) -> None:
    case = cases.mediating(known_on="2026-02-28")
    cases.ask(contract.attach_dispute_paper, cases.applicant, case, **a_paper())
    cases.ask(contract.schedule_hearing, cases.clerk, case, held_at="2026-03-12T06:00:00+00:00", place="工会楼 203 室")
    cases.ask(contract.write_agreement, cases.mediator, case, text=TEXT)
    cases.governance.ask_keyed("k-1", contract.move_dispute, cases.clerk, dispute_id=case, move="fail", note="未谈成")
    kept = everything(cases)

    assert case.replace("-", "") in kept.replace("-", ""), "the dump is one of these cases"
    for secret in (*SECRETS, "内线 6021", "工会楼 203", "未谈成", "值班津贴.png", "2026-02-28"):
        assert secret not in kept, secret
    for party in (cases.applicant, cases.respondent):
        of_parties = str(cases.governance.stored("SELECT * FROM dispute_party"))
        assert id_of(party).hex not in of_parties.replace("-", "")


def test_events_name_nothing_but_a_random_id(cases: Cases) -> None:
    case = cases.mediating()
    cases.move(case, "withdraw", cases.applicant)
    events = cases.governance.outbox("dispute_registered", "dispute_closed")

    assert [list(event.data) for event in events] == [["case_id"], ["case_id"]]
    assert case not in str([(event.subject, event.data) for event in events])
    assert {event.causation_id for event in events} == {None}
    assert len({event.correlation_id for event in events}) == 2
    others = [event.type for event in cases.governance.outbox() if event.type.startswith(("dispute", "private"))]
    assert others == ["dispute_registered", "dispute_closed"]


def test_notices_name_nobody_else_and_no_case_and_are_gone_once_taken(cases: Cases) -> None:
    cases.mediating()
    raw = str(cases.governance.stored("SELECT * FROM private_notice"))
    assert cases.notices() == []
    assert all(id_of(one).hex not in raw.replace("-", "") for one in (cases.applicant, cases.respondent))

    with clock.frozen(datetime(2026, 3, 11, 2, 10, tzinfo=UTC)):
        assert set(cases.notices()) >= {str(id_of(cases.respondent)), None}
        cases.settle()
        assert cases.notices() == []
    assert isinstance(cases.governance.refused(contract.list_private_notices, cases.clerk), NotAllowed)


def test_a_defect_writes_no_words_to_the_log(
    cases: Cases, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = cases.mediating()

    def broken(*_: Any) -> None:
        raise RuntimeError(f"cannot store {TEXT}")

    monkeypatch.setattr(mediating, "tell_all", broken)
    with caplog.at_level(logging.DEBUG):
        answer = cases.refused(contract.write_agreement, cases.mediator, case, text=TEXT)

    assert isinstance(answer, Defect)
    logged = lines(caplog)
    assert not any(secret in logged for secret in SECRETS)
    assert "RuntimeError: cannot store [redacted]" in logged


def test_a_failing_database_writes_no_words_to_the_log(cases: Cases, caplog: pytest.LogCaptureFixture) -> None:
    case = cases.mediating()
    with cases.governance.database.session() as session:
        session.execute(sa.text("ALTER TABLE dispute_entry RENAME TO away"))
    with caplog.at_level(logging.DEBUG):
        answer = cases.refused(contract.write_agreement, cases.mediator, case, text=TEXT)

    assert isinstance(answer, Defect)
    assert "dispute_entry" in lines(caplog)
    assert not any(secret in lines(caplog) for secret in SECRETS)


def test_figures_leave_out_counts_by_which_people_could_be_known(cases: Cases) -> None:
    for matter in ("pay", "pay", "pay", "pay", "hours"):
        cases.apply(matter=matter)
    told = cases.governance.ask(contract.dispute_figures, auditor(), year=2026)
    counts = {one["matter"]: one["count"] for one in told["matters"] if one["count"] != 0}

    assert (told["total"], told["smallest"]) == (5, 3)
    assert counts == {"pay": None, "hours": None}, "one alone could be reckoned from the total"
    assert {one["state"]: one["count"] for one in told["states"] if one["count"] != 0} == {"applied": 5}
    with clock.frozen(datetime(2026, 3, 11, 2, 0, tzinfo=UTC) + timedelta(days=400)):
        assert cases.governance.ask(contract.dispute_figures, auditor())["total"] == 0
