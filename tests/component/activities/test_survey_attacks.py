"""Nobody hands in two sheets, or one of another survey or unit; an operator joins nobody and a sheet."""

from __future__ import annotations

import base64
import hashlib
import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from services.activities.base import Base
from services.activities.surveys.tables import SurveyMark, SurveySheet, SurveyText
from services.chassis import ballot_board as board
from services.chassis import clock
from services.chassis.anonymous_sheets import SMALLEST_BATCH
from services.chassis.database.engine import Database
from services.chassis.errors import Problem
from services.chassis.process import logs
from services.chassis.security import blind_signatures as blinding
from services.chassis.security.principal import ANONYMOUS
from services.contracts.activities.surveys import operations as contract
from tests.component.activities.harness import OTHER_UNIT, ActivitiesHarness, at
from tests.component.activities.surveys import Surveys, answers
from tests.support.blind_keys import give_keys
from tests.support.every_row import as_text, rows_of
from tests.support.principals import member_account

FILLED = SMALLEST_BATCH + 4
NAMES_PERSON = {"member_id", "account_id", "changed_by", "seen_by", "correlation_id"}
SAID = answers(said="一条意见")


@pytest.fixture(autouse=True)
def four_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four keys for all surveys, each group of a survey another one."""
    give_keys(monkeypatch, 4)


@pytest.fixture
def surveys(activities: ActivitiesHarness) -> Surveys:
    return Surveys(activities)


@pytest.fixture
def members(activities: ActivitiesHarness) -> list[UUID]:
    return [*activities.members(FILLED + 2), *activities.members(6, OTHER_UNIT)]


@pytest.fixture
def survey(surveys: Surveys, members: list[UUID]) -> Any:
    return surveys.opened(by_unit=True)


def hand_in(surveys: Surveys, survey: Any, body: dict[str, Any]) -> Problem:
    return surveys.refused("hand_in_answers", survey, ANONYMOUS, **body)


def test_a_token_hands_in_one_sheet(surveys: Surveys, survey: Any, members: list[UUID]) -> None:
    body = surveys.fill_in(survey, members[0])
    assert surveys.ask("hand_in_answers", survey, ANONYMOUS, **body) == {"taken": True}, "a lost answer is asked again"
    assert hand_in(surveys, survey, {**body, "answers": SAID}).rule == "surveys.token_is_unused"
    assert surveys.get(survey)["sheets"] == 1


def test_a_member_gets_one_token_from_two_browsers_and_after_signing_out(
    surveys: Surveys, survey: Any, members: list[UUID]
) -> None:
    by = member_account(members[0])
    number = surveys.get(survey, by)["group"]
    key = blinding.public_key(board.decoded(surveys.keys(survey)[number]))
    first, second = (board.encoded(blinding.blind(key, blinding.prepare(bytes(32))).message) for _ in range(2))
    got = [surveys.ask("request_survey_token", survey, by, blinded=first) for _ in range(2)]
    assert got[0] == got[1]
    again = member_account(members[0])
    assert again.account_id != by.account_id, "another sign-in of the same member"
    problem = surveys.refused("request_survey_token", survey, again, blinded=second)
    assert problem.rule == "surveys.request_is_the_first"
    assert surveys.get(survey, by)["mine"] == "started"


@pytest.mark.databases("postgresql")
def test_two_browsers_at_once_get_one_token(surveys: Surveys, survey: Any, members: list[UUID]) -> None:
    by = member_account(members[0])
    number = surveys.get(survey, by)["group"]
    key = blinding.public_key(board.decoded(surveys.keys(survey)[number]))
    asked = [board.encoded(blinding.blind(key, blinding.prepare(bytes(32))).message) for _ in range(6)]

    def ask(blinded: str) -> str:
        answer = surveys.activities.answer(contract.request_survey_token, by, survey_id=survey["id"], blinded=blinded)
        return "ok" if "ok" in answer else answer["problem"]["rule"]

    with ThreadPoolExecutor(6) as pool:
        told = sorted(pool.map(ask, asked))
    assert told == ["ok", *["surveys.request_is_the_first"] * 5]


def test_a_forged_token_is_refused(surveys: Surveys, survey: Any, members: list[UUID]) -> None:
    real = surveys.sheet(survey, members[0])
    assert hand_in(surveys, survey, {**real, "signature": board.encoded(bytes(384))}).rule == "surveys.token_is_valid"
    other = board.encoded(blinding.prepare(bytes(32)))
    assert hand_in(surveys, survey, {**real, "token": other}).rule == "surveys.token_is_valid"
    assert hand_in(surveys, survey, {**real, "group": 99}).rule == "surveys.token_is_valid"


def test_a_token_of_another_unit_or_survey_is_refused(surveys: Surveys, survey: Any, members: list[UUID]) -> None:
    own = surveys.sheet(survey, members[0])
    theirs = surveys.get(survey, member_account(members[-1]))["group"]
    assert own["group"] != theirs
    assert hand_in(surveys, survey, {**own, "group": theirs}).rule == "surveys.token_is_valid"
    other = surveys.opened(title="另一份")
    assert hand_in(surveys, other, own).rule == "surveys.token_is_valid"
    assert surveys.ask("hand_in_answers", survey, ANONYMOUS, **own) == {"taken": True}


def test_a_closed_survey_takes_nothing(surveys: Surveys, survey: Any, members: list[UUID]) -> None:
    sheet, used = surveys.sheet(survey, members[0]), surveys.fill_in(survey, members[1])
    surveys.close(survey)
    for body in (sheet, used):
        assert hand_in(surveys, survey, body).rule == "surveys.survey_is_open"
    by = member_account(members[2])
    assert surveys.refused("request_survey_token", survey, by, blinded="AAAA").rule == "surveys.survey_is_open"


def test_more_sheets_than_tokens_are_not_counted(
    surveys: Surveys, survey: Any, members: list[UUID], database: Database
) -> None:
    """Who has the signing key can make tokens, but not the members who would have got them."""
    surveys.fill_in(survey, members[0])
    with database.session() as session:
        session.execute(sa.delete(SurveyMark))
    assert surveys.refused("close_survey", survey).rule == "surveys.sheets_match_tokens"


@pytest.mark.databases("postgresql", "sqlite")
def test_no_row_holds_a_person_and_a_sheet(
    surveys: Surveys, survey: Any, members: list[UUID], database: Database
) -> None:
    """All tables, with history, outbox and inbox: no row has both, and no row about a sheet has a time."""
    bodies = [surveys.fill_in(survey, one, SAID) for one in members[:FILLED]]
    for timer in ("settle_survey_sheets", "tell_survey_members"):
        surveys.activities.run_timer(timer)
    of_sheets = {body[name] for body in bodies for name in ("token", "signature")}
    of_sheets |= {hashlib.sha256(board.decoded(body["token"])).hexdigest() for body in bodies}
    names = {str(one).replace("-", "") for one in members[:FILLED]}
    seen: dict[str, set[str]] = {"person": set(), "sheet": set()}
    for table, row in rows_of(database):
        text = as_text(row)
        holds_person = any(name in text.replace("-", "") for name in names)
        holds_sheet = any(value in text for value in of_sheets)
        assert not (holds_person and holds_sheet), table
        seen["person"] |= {table} if holds_person else set()
        seen["sheet"] |= {table} if holds_sheet else set()
        assert "一条意见" not in text
        assert not re.search(r'"choices": \[1\], "text"|"answers"', text), "answers are encrypted"
    assert seen == {"person": {"participant", "survey_roll", "survey_mark", "outbox"}, "sheet": {"survey_sheet"}}


def test_handing_in_stores_the_sheet_and_nothing_else(
    surveys: Surveys, survey: Any, members: list[UUID], database: Database
) -> None:
    body = surveys.sheet(survey, members[0])
    before = [(table, as_text(row)) for table, row in rows_of(database)]
    keyed = surveys.activities.ask_keyed
    keyed("key-of-the-member", contract.hand_in_answers, ANONYMOUS, survey_id=survey["id"], **body)
    after = [(table, as_text(row)) for table, row in rows_of(database)]
    new = [one for one in after if one not in before]
    assert [table for table, _ in new] == ["survey_sheet"]
    assert "key-of-the-member" not in new[0][1]


def test_no_stored_sheet_has_a_time(surveys: Surveys, survey: Any, members: list[UUID], database: Database) -> None:
    for table in (SurveySheet, SurveyMark, SurveyText):
        for column in Base.metadata.tables[table.__tablename__].columns:
            assert not isinstance(column.type, sa.DateTime), column
    assert NAMES_PERSON.isdisjoint(SurveySheet.__table__.columns.keys())
    for one in members[:6]:
        surveys.fill_in(survey, one, SAID)
    tokens = [row["content"] for table, row in rows_of(database) if table == "survey_sheet"]
    surveys.close(survey)
    tokens += [row["text"] for table, row in rows_of(database) if table == "survey_text"]
    times = {_time_of(one) for one in tokens}
    assert (len(tokens), times) == (12, {0})


def _time_of(token: str) -> int:
    """Return the time that stands readable in a token of Fernet."""
    return int.from_bytes(base64.urlsafe_b64decode(token)[1:9], "big")


@pytest.mark.databases("postgresql")
def test_the_order_in_which_sheets_lie_tells_nothing(
    surveys: Surveys, survey: Any, members: list[UUID], database: Database
) -> None:
    """Rows lie on PostgreSQL's disk as they were written last, and each names the transaction that wrote it."""
    handed = [surveys.fill_in(survey, one)["token"] for one in members[:SMALLEST_BATCH]]
    order = [hashlib.sha256(board.decoded(one)).hexdigest() for one in handed]
    surveys.activities.run_timer("settle_survey_sheets")
    with database.session(readonly=True) as session:
        rows = session.execute(sa.text("SELECT token_hash, xmin::text AS writer FROM survey_sheet ORDER BY ctid")).all()
    lying = [row.token_hash for row in rows]
    assert sorted(lying) == sorted(order)
    assert lying != order, "one of 20! orders"
    assert len({row.writer for row in rows}) == 1, "one transaction for all of them"


@pytest.mark.databases("sqlite")
def test_rows_have_no_number_on_sqlite(surveys: Surveys, database: Database) -> None:
    with database.session(readonly=True) as session:
        for table in ("survey_sheet", "survey_mark", "survey_text"):
            with pytest.raises(sa.exc.OperationalError, match="no such column"):
                session.execute(sa.text(f"SELECT rowid FROM {table}"))


def test_a_refused_sheet_is_not_logged(
    surveys: Surveys, survey: Any, members: list[UUID], capfd: pytest.CaptureFixture[str]
) -> None:
    logs.configure("INFO")
    body = surveys.sheet(survey, members[0], answers(said="不该出现"))
    hand_in(surveys, survey, {**body, "signature": board.encoded(bytes(384))})
    out, err = capfd.readouterr()
    for value in (body["token"], "不该出现"):
        assert value not in out + err


def test_who_began_is_announced_only_with_many_others(surveys: Surveys, survey: Any, members: list[UUID]) -> None:
    """An event has a time; one of a single member beside the sheets that came just then would tell whose they are."""
    surveys.activities.run_timer("tell_survey_members")
    before = len(surveys.activities.outbox())
    for one in members[: SMALLEST_BATCH - 1]:
        surveys.fill_in(survey, one)
        surveys.activities.run_timer("settle_survey_sheets")
    assert len(surveys.activities.outbox()) == before
    surveys.fill_in(survey, members[SMALLEST_BATCH])
    surveys.activities.run_timer("settle_survey_sheets")
    [told] = surveys.told(survey, "survey_answered")
    assert len(told["member_ids"]) == SMALLEST_BATCH
    assert told["member_ids"] == sorted(told["member_ids"]), "in the order of ids, not of coming"


def test_reminders_leave_out_only_who_was_announced(
    surveys: Surveys, survey: Any, members: list[UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    surveys.activities.run_timer("tell_survey_members")
    for one in members[:SMALLEST_BATCH]:
        surveys.fill_in(survey, one)
    surveys.activities.run_timer("settle_survey_sheets")
    surveys.fill_in(survey, members[SMALLEST_BATCH])
    later = at(days=1, minutes=5)
    monkeypatch.setattr(clock, "now", lambda: later)
    surveys.ask("remind_survey", survey)
    surveys.activities.run_timer("tell_survey_members")
    [again] = [one for one in surveys.told(survey, "survey_called") if one["call"] == "again"]
    assert sorted(again["member_ids"]) == sorted(str(one) for one in members[SMALLEST_BATCH:])
