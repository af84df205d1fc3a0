"""The second registrar: its keys, its own roll, one signature for each member, and what it says at the end."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
import sqlalchemy as sa

from services.chassis import ballot_board as board
from services.chassis.board_statements import is_signed, key_fingerprint, roll_digest
from services.chassis.database.engine import Database
from services.chassis.errors import NotAllowed, NotFound, NotSignedIn
from services.chassis.security.key_rotation import encrypted_columns
from services.chassis.security.principal import ANONYMOUS
from services.contracts.governance.ballots.events import BallotCancelled
from services.contracts.scrutiny import registrar as contract
from services.scrutiny.base import Base
from services.scrutiny.registrar.tables import KeyText, ScrutinyMark
from tests.component.scrutiny.harness import ScrutinyHarness, member
from tests.support.every_row import as_text, rows_of
from tests.support.secret_voting import Token

pytestmark = pytest.mark.databases("postgresql", "sqlite")
VOTERS = sorted(uuid4() for _ in range(5))


def test_a_ballot_has_one_key_and_no_other_ballot_has_it(scrutiny: ScrutinyHarness) -> None:
    first, second = uuid4(), uuid4()
    key = scrutiny.key(first)
    assert scrutiny.key(first) == key
    assert scrutiny.key(second) != key
    told = scrutiny.told(first)
    assert (told["state"], told["key_fingerprint"], told["marks"]) == ("keyed", key_fingerprint(key), 0)


def test_who_asked_at_the_same_time_gets_the_same_key(scrutiny: ScrutinyHarness) -> None:
    ballot_id = uuid4()
    with ThreadPoolExecutor(4) as threads:
        assert len(set(threads.map(lambda _: scrutiny.key(ballot_id), range(4)))) == 1


def test_only_services_let_a_key_be_made_and_only_members_get_a_signature(scrutiny: ScrutinyHarness) -> None:
    ballot_id = scrutiny.watched(VOTERS)
    with pytest.raises(NotAllowed):
        scrutiny.ask(contract.make_ballot_key, member(VOTERS[0]), ballot_id=ballot_id)
    blinded = scrutiny.blinded(ballot_id)
    for stranger in (ANONYMOUS, scrutiny.by):
        with pytest.raises((NotAllowed, NotSignedIn)):
            scrutiny.ask(contract.request_scrutiny_token, stranger, ballot_id=ballot_id, blinded=blinded)
    with pytest.raises(NotFound):
        scrutiny.told(uuid4())


def test_a_member_on_the_roll_gets_one_signature_and_the_same_answer_again(scrutiny: ScrutinyHarness) -> None:
    ballot_id = scrutiny.watched(VOTERS)
    key, token = scrutiny.key(ballot_id), Token()
    blinded = board.encoded(token.request(key))
    answer = scrutiny.signature(ballot_id, VOTERS[0], blinded)
    assert scrutiny.signature(ballot_id, VOTERS[0], blinded) == answer
    token.take(key, board.decoded(answer))
    assert scrutiny.refusal(ballot_id, VOTERS[0], scrutiny.blinded(ballot_id)) == "registrar.request_is_the_first"
    assert scrutiny.refusal(ballot_id, uuid4(), blinded) == "registrar.voter_is_on_the_roll"
    assert scrutiny.refusal(ballot_id, VOTERS[1], "AAAAA") == "registrar.request_is_blinded"
    assert scrutiny.told(ballot_id)["marks"] == 1


@pytest.mark.parametrize("size_first", [True, False])
def test_it_signs_once_the_whole_roll_is_there_in_whatever_order_it_came(
    scrutiny: ScrutinyHarness, size_first: bool
) -> None:
    ballot_id = uuid4()
    scrutiny.key(ballot_id)
    if size_first:
        scrutiny.opened(ballot_id, len(VOTERS))
    scrutiny.frozen(ballot_id, VOTERS[3:], VOTERS[:2])
    assert scrutiny.refusal(ballot_id, VOTERS[0], scrutiny.blinded(ballot_id)) == "registrar.roll_is_whole"
    scrutiny.frozen(ballot_id, VOTERS[2:3])
    if not size_first:
        scrutiny.opened(ballot_id, len(VOTERS))
    told = scrutiny.told(ballot_id)
    assert (told["state"], told["voters"], told["roll"]) == ("open", len(VOTERS), roll_digest(VOTERS))


def test_nobody_is_put_on_a_whole_roll_afterwards(scrutiny: ScrutinyHarness) -> None:
    ballot_id, late = scrutiny.watched(VOTERS), uuid4()
    scrutiny.frozen(ballot_id, [late])
    scrutiny.opened(ballot_id, len(VOTERS) + 1)
    assert scrutiny.refusal(ballot_id, late, scrutiny.blinded(ballot_id)) == "registrar.voter_is_on_the_roll"
    assert scrutiny.told(ballot_id)["roll"] == roll_digest(VOTERS)


def test_ballots_that_are_not_secret_or_not_known_are_left_alone(scrutiny: ScrutinyHarness) -> None:
    ballot_id = uuid4()
    scrutiny.opened(ballot_id, 3)
    scrutiny.frozen(ballot_id, VOTERS)
    scrutiny.ended(ballot_id)
    scrutiny.opened(ballot_id, 3, secrecy="named")
    assert scrutiny.events() == []
    assert scrutiny.stored("SELECT member_id FROM watched_voter") == []


def test_at_the_end_it_signs_what_it_gave_out_and_gives_out_no_more(scrutiny: ScrutinyHarness) -> None:
    ballot_id = scrutiny.watched(VOTERS)
    blinded = scrutiny.blinded(ballot_id)
    for voter in VOTERS[:2]:
        scrutiny.signature(ballot_id, voter, blinded)
    assert scrutiny.told(ballot_id)["statement"] is None
    scrutiny.ended(ballot_id)
    told = scrutiny.told(ballot_id)
    statement = told["statement"]
    assert is_signed(board.decoded(told["statement_key"]), statement)
    figures = {name: statement[name] for name in ("ballot", "registrar", "marks", "voters", "roll")}
    assert figures == {
        "ballot": str(ballot_id), "registrar": "scrutiny", "marks": 2, "voters": 5, "roll": roll_digest(VOTERS),
    }  # fmt: skip
    (announced,) = scrutiny.events("tokens_closed")
    assert announced["signature"] == statement["signature"]
    assert scrutiny.refusal(ballot_id, VOTERS[2], blinded) == "registrar.tokens_are_given"


def test_an_end_that_comes_before_the_roll_is_kept_until_it_is_whole(scrutiny: ScrutinyHarness) -> None:
    ballot_id = uuid4()
    scrutiny.key(ballot_id)
    scrutiny.ended(ballot_id)
    scrutiny.frozen(ballot_id, VOTERS)
    assert scrutiny.events("tokens_closed") == []
    scrutiny.opened(ballot_id, len(VOTERS))
    assert [one["marks"] for one in scrutiny.events("tokens_closed")] == [0]


def test_of_a_cancelled_ballot_nothing_is_signed_or_told(scrutiny: ScrutinyHarness) -> None:
    ballot_id = scrutiny.watched(VOTERS)
    scrutiny.tell(BallotCancelled, ballot_id=ballot_id)
    scrutiny.ended(ballot_id)
    assert scrutiny.refusal(ballot_id, VOTERS[0], scrutiny.blinded(ballot_id)) == "registrar.tokens_are_given"
    assert scrutiny.events("tokens_closed") == []


def test_the_same_request_at_the_same_time_is_one_mark(scrutiny: ScrutinyHarness) -> None:
    ballot_id = scrutiny.watched(VOTERS)
    blinded = scrutiny.blinded(ballot_id)
    with ThreadPoolExecutor(4) as threads:
        answers = set(threads.map(lambda _: scrutiny.signature(ballot_id, VOTERS[0], blinded), range(8)))
    assert (len(answers), scrutiny.told(ballot_id)["marks"]) == (1, 1)


def test_private_keys_are_stored_encrypted_with_keys_of_its_own(
    scrutiny: ScrutinyHarness, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    ballot_id = scrutiny.watched(VOTERS)
    scrutiny.ended(ballot_id)
    columns = encrypted_columns(Base.metadata)
    assert {column.name for column in columns} == {"signing_key", "private"}
    assert all(isinstance(column.type, KeyText) for column in columns)
    assert not [table for table, row in rows_of(database) if "PRIVATE KEY" in as_text(row)]
    monkeypatch.setattr(KeyText, "ring", KeyText.__mro__[1].ring)
    with database.session() as session, pytest.raises(ValueError, match="GONGHUI_ENCRYPTION_KEYS"):
        session.execute(sa.select(columns[0])).all()


def test_marks_have_no_time_and_no_number(database: Database) -> None:
    columns = ScrutinyMark.__table__.columns
    assert set(columns.keys()) == {"ballot_id", "member_id", "asked"}
    if database.is_sqlite:
        with database.session(readonly=True) as session, pytest.raises(sa.exc.OperationalError, match="no such column"):
            session.execute(sa.text("SELECT rowid FROM scrutiny_mark"))
