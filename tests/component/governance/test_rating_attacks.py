"""Nobody hands in two sheets, or one of another round or unit; an operator joins nobody and a sheet."""

from __future__ import annotations

import base64
import hashlib
import re
from uuid import UUID

import pytest
import sqlalchemy as sa

from services.chassis import ballot_board as board
from services.chassis.anonymous_sheets import SMALLEST_BATCH
from services.chassis.database.engine import Database
from services.chassis.process import logs
from services.chassis.security import blind_signatures as blinding
from services.chassis.security.principal import ANONYMOUS
from services.contracts.governance.ratings import operations as contract
from services.contracts.governance.rulebook import operations as rulebook
from services.governance.base import Base
from services.governance.ratings.tables import RatingMark, RatingRemark, RatingSheet
from tests.component.governance.ballots import FIRST_UNIT, SECOND_UNIT, member, people
from tests.component.governance.harness import GovernanceHarness
from tests.component.governance.ratings import (
    POOR,
    Token,
    close,
    fill_in,
    group_of,
    hand_in,
    keys,
    opened,
    refused,
    sheet,
)
from tests.support.blind_keys import give_keys
from tests.support.every_row import as_text, rows_of

FILLED = SMALLEST_BATCH + 4
NAMES_PERSON = {"member_id", "account_id", "changed_by", "seen_by", "correlation_id"}


@pytest.fixture(autouse=True)
def four_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four keys for all rounds, each group of a round another one."""
    give_keys(monkeypatch, 4)


@pytest.fixture
def union(governance: GovernanceHarness) -> GovernanceHarness:
    governance.ask(rulebook.adopt_rule_set, ruleset="national")
    return governance


@pytest.fixture
def members(union: GovernanceHarness) -> list[UUID]:
    return [*people(union, FILLED + 2), *people(union, 6, SECOND_UNIT)]


@pytest.fixture
def rating_id(union: GovernanceHarness, members: list[UUID]) -> str:
    return opened(union)


def test_a_token_hands_in_one_sheet(union: GovernanceHarness, rating_id: str, members: list[UUID]) -> None:
    body = fill_in(union, rating_id, members[0])
    assert refused(union, {**body, "answers": POOR}).rule == "ratings.token_is_unused"
    assert refused(union, {**body, "remark": "再写一条"}).rule == "ratings.token_is_unused"
    assert union.ask(contract.get_rating, rating_id=rating_id)["received"] == 1


def test_a_member_gets_one_token(union: GovernanceHarness, rating_id: str, members: list[UUID]) -> None:
    number = group_of(union, rating_id, members[0])
    key = blinding.public_key(board.decoded(keys(union, rating_id)[number]))
    first, second = (board.encoded(blinding.blind(key, Token().prepared).message) for _ in range(2))
    asked = {"operation": contract.request_rating_token, "by": member(members[0])}
    answers = [union.ask(asked["operation"], asked["by"], rating_id=rating_id, blinded=first) for _ in range(2)]
    assert answers[0] == answers[1]
    problem = union.refused(asked["operation"], asked["by"], rating_id=rating_id, blinded=second)
    assert problem.rule == "ratings.request_is_the_first"
    stranger = people(union, 1)[0]
    problem = union.refused(asked["operation"], member(stranger), rating_id=rating_id, blinded=second)
    assert problem.rule == "ratings.rater_is_on_the_roll"


def test_a_forged_token_is_refused(union: GovernanceHarness, rating_id: str, members: list[UUID]) -> None:
    number = group_of(union, rating_id, members[0])
    forged = Token()
    forged.signature = bytes(384)
    assert refused(union, sheet(rating_id, number, forged)).rule == "ratings.token_is_valid"
    real = Token().fetch(union, rating_id, members[0], number)
    other = Token()
    other.signature = real.signature
    assert refused(union, sheet(rating_id, number, other)).rule == "ratings.token_is_valid"
    own_key = blinding.Signer(blinding.private_text(blinding.new_key()))
    minted = Token()
    blinded = blinding.blind(own_key.public, minted.prepared)
    minted.signature = blinding.finalize(
        own_key.public, minted.prepared, own_key.sign(blinded.message), blinded.inverse
    )
    assert refused(union, sheet(rating_id, number, minted)).rule == "ratings.token_is_valid"
    assert refused(union, sheet(rating_id, 99, real)).rule == "ratings.token_is_valid"


def test_a_token_of_another_unit_or_round_is_refused(
    union: GovernanceHarness, rating_id: str, members: list[UUID]
) -> None:
    own, theirs = group_of(union, rating_id, members[0]), group_of(union, rating_id, members[-1])
    assert own != theirs
    token = Token().fetch(union, rating_id, members[0], own)
    assert refused(union, sheet(rating_id, theirs, token)).rule == "ratings.token_is_valid"
    other = opened(union, electorate="units", unit_ids=[FIRST_UNIT], title="另一轮")
    assert keys(union, other).values() != keys(union, rating_id).values()
    number = group_of(union, other, members[0])
    assert refused(union, sheet(other, number, token)).rule == "ratings.token_is_valid"
    assert hand_in(union, sheet(rating_id, own, token)) == {"taken": True}


def test_a_closed_round_takes_nothing(union: GovernanceHarness, rating_id: str, members: list[UUID]) -> None:
    number = group_of(union, rating_id, members[0])
    token = Token().fetch(union, rating_id, members[0], number)
    used = fill_in(union, rating_id, members[1])
    close(union, rating_id)
    assert refused(union, sheet(rating_id, number, token)).rule == "ratings.round_is_open"
    assert refused(union, used).rule == "ratings.round_is_open"
    body = {"rating_id": rating_id, "blinded": "AAAA"}
    assert union.refused(contract.request_rating_token, member(members[2]), **body).rule == "ratings.round_is_open"


def test_more_sheets_than_tokens_are_not_counted(union: GovernanceHarness, rating_id: str, members: list[UUID]) -> None:
    """Who has the signing key can make tokens, but not the members who would have got them."""
    fill_in(union, rating_id, members[0])
    with union.transaction() as tx:
        tx.session.execute(sa.delete(RatingMark))
    assert union.refused(contract.close_rating, rating_id=rating_id).rule == "ratings.sheets_match_tokens"


@pytest.mark.databases("postgresql", "sqlite")
def test_no_row_holds_a_person_and_a_sheet(
    union: GovernanceHarness, rating_id: str, members: list[UUID], database: Database
) -> None:
    bodies = [fill_in(union, rating_id, one, remark="一条意见") for one in members[:FILLED]]
    of_sheets = {body[name] for body in bodies for name in ("token", "signature")}
    of_sheets |= {hashlib.sha256(board.decoded(body["token"])).hexdigest() for body in bodies}
    names = {re.sub("-", "", str(one)) for one in members[:FILLED]}
    seen: dict[str, set[str]] = {"person": set(), "sheet": set()}
    for table, row in rows_of(database):
        text = as_text(row)
        holds_person = any(name in text.replace("-", "") for name in names)
        holds_sheet = any(value in text for value in of_sheets)
        assert not (holds_person and holds_sheet), table
        seen["person"] |= {table} if holds_person else set()
        seen["sheet"] |= {table} if holds_sheet else set()
        assert "一条意见" not in text
        assert not re.search(r'"answers"', text), "answers are encrypted"
    assert seen == {"person": {"known_member", "rating_roll", "rating_mark"}, "sheet": {"rating_sheet"}}


def test_handing_in_stores_the_sheet_and_nothing_else(
    union: GovernanceHarness, rating_id: str, members: list[UUID], database: Database
) -> None:
    number = group_of(union, rating_id, members[0])
    token = Token().fetch(union, rating_id, members[0], number)
    before = [(table, as_text(row)) for table, row in rows_of(database)]
    union.ask_keyed("key-of-the-member", contract.hand_in_sheet, ANONYMOUS, **sheet(rating_id, number, token))
    after = [(table, as_text(row)) for table, row in rows_of(database)]
    new = [one for one in after if one not in before]
    assert [table for table, _ in new] == ["rating_sheet"]
    assert "key-of-the-member" not in new[0][1]


def test_no_stored_sheet_has_a_time(
    union: GovernanceHarness, rating_id: str, members: list[UUID], database: Database
) -> None:
    for table in (RatingSheet, RatingMark, RatingRemark):
        for column in Base.metadata.tables[table.__tablename__].columns:
            assert not isinstance(column.type, sa.DateTime), column
            assert column.server_default is None, column
    assert NAMES_PERSON.isdisjoint(RatingSheet.__table__.columns.keys())
    for one in members[:6]:
        fill_in(union, rating_id, one, remark="有一条")
    tokens = [row["content"] for table, row in rows_of(database) if table == "rating_sheet"]
    close(union, rating_id)
    tokens += [row["text"] for table, row in rows_of(database) if table == "rating_remark"]
    times = {_time_of(one) for one in tokens}
    assert (len(tokens), times) == (12, {0})


def _time_of(token: str) -> int:
    """Return the time that stands readable in a token of Fernet."""
    return int.from_bytes(base64.urlsafe_b64decode(token)[1:9], "big")


@pytest.mark.databases("postgresql")
def test_the_order_in_which_sheets_lie_tells_nothing(
    union: GovernanceHarness, rating_id: str, members: list[UUID], database: Database
) -> None:
    """Rows lie on PostgreSQL's disk as they were written last, and each names the transaction that wrote it."""
    handed = [fill_in(union, rating_id, one)["token"] for one in members[:SMALLEST_BATCH]]
    order = [hashlib.sha256(board.decoded(one)).hexdigest() for one in handed]
    union.run_timer("settle_rating_sheets")
    with database.session(readonly=True) as session:
        rows = session.execute(sa.text("SELECT token_hash, xmin::text AS writer FROM rating_sheet ORDER BY ctid")).all()
    lying = [row.token_hash for row in rows]
    assert sorted(lying) == sorted(order)
    assert lying != order, "one of 20! orders"
    assert len({row.writer for row in rows}) == 1, "one transaction for all of them"


@pytest.mark.databases("sqlite")
def test_rows_have_no_number_on_sqlite(union: GovernanceHarness, database: Database) -> None:
    with database.session(readonly=True) as session:
        for table in ("rating_sheet", "rating_mark", "rating_remark"):
            with pytest.raises(sa.exc.OperationalError, match="no such column"):
                session.execute(sa.text(f"SELECT rowid FROM {table}"))


def test_a_refused_sheet_is_not_logged(
    union: GovernanceHarness, rating_id: str, members: list[UUID], capfd: pytest.CaptureFixture[str]
) -> None:
    logs.configure("INFO")
    number = group_of(union, rating_id, members[0])
    forged = Token()
    forged.signature = bytes(384)
    body = sheet(rating_id, number, forged, remark="不该出现")
    refused(union, body)
    out, err = capfd.readouterr()
    for value in (body["token"], "不该出现"):
        assert value not in out + err


def test_what_is_announced_names_nobody_who_answered(
    union: GovernanceHarness, rating_id: str, members: list[UUID]
) -> None:
    union.run_timer("tell_raters")
    before = len(union.outbox())
    fill_in(union, rating_id, members[0])
    assert len(union.outbox()) == before, "neither a token nor a sheet is announced"
