"""An operator with every table, log, message and backup of the database can't join a voter and a vote."""

from __future__ import annotations

import re
from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from services.chassis import ballot_board as board
from services.chassis.database.engine import Database
from services.chassis.process import logs
from services.chassis.security import blind_signatures as blinding
from services.chassis.security.threshold_keys import NotOpened, unseal
from services.contracts.governance import secret_ballots as contract
from services.governance.base import Base
from services.governance.secret_ballots.tables import BallotMark, SecretBallot, SecretVote
from services.governance.secret_ballots.use_cases import publishing
from tests.component.governance.harness import GovernanceHarness
from tests.component.governance.secret_ballot import SecretBallotInTest
from tests.support.every_row import as_text, rows_of
from tests.support.secret_voting import Token

VOTERS = publishing.SMALLEST_BATCH + 4
NAMES_VOTER = ("member_id", "account_id", "changed_by", "seen_by", "correlation_id")


@pytest.fixture
def ballot(governance: GovernanceHarness) -> SecretBallotInTest:
    made = SecretBallotInTest(governance)
    made.open()
    return made


@pytest.fixture
def voted(ballot: SecretBallotInTest, governance: GovernanceHarness) -> dict[UUID, str]:
    """The tracker of each voter, which only the voter knows; each voted right after getting the token."""
    trackers: dict[UUID, str] = {}
    for number in range(VOTERS):
        voter = uuid4()
        token = ballot.token(voter)
        trackers[voter] = ballot.vote(str(1 + number % 2), token)["tracker"]
        if number == publishing.SMALLEST_BATCH:
            governance.run_timer("publish_votes")
    ballot.end()
    return trackers


@pytest.fixture
def kept_log(database: Database) -> Iterator[None]:
    """The server keeps its write-ahead log, for a replica that never comes."""
    slot = {"name": f"test_{uuid4().hex}"}
    with database.session() as session:
        session.execute(sa.text("SELECT pg_create_physical_replication_slot(:name, true)"), slot)
    yield
    with database.session() as session:
        session.execute(sa.text("SELECT pg_drop_replication_slot(:name)"), slot)


@pytest.mark.databases("postgresql", "sqlite")
def test_no_row_holds_a_voter_and_a_vote(
    voted: dict[UUID, str], ballot: SecretBallotInTest, database: Database, capfd: pytest.CaptureFixture[str]
) -> None:
    entries = ballot.board()["items"]
    of_votes = {one[name] for one in entries for name in ("tracker", "token", "sealed", "signature")}
    names = {re.sub("-", "", str(voter)) for voter in voted}
    seen = set()
    for table, row in rows_of(database):
        text = as_text(row).replace("-", "")
        holds_voter = any(name in text for name in names)
        holds_vote = any(value in text for value in of_votes)
        assert not (holds_voter and holds_vote), table
        if holds_voter:
            seen.add(table)
        if holds_vote:
            assert table == "secret_vote", table
    assert seen == {"ballot_mark"}, "who got a token is kept once, as the roll on the table is ticked"


def test_what_is_kept_of_a_request_has_nothing_to_do_with_the_token(
    ballot: SecretBallotInTest, database: Database
) -> None:
    """The same blinded request could have led to any token: for every one there is a factor that explains it."""
    voter = uuid4()
    key = blinding.public_key(ballot.definition.registrars[0][1])
    n, e = key.public_numbers().n, key.public_numbers().e
    token = Token()
    request = token.request(blinding.public_bytes(key))
    token.take(blinding.public_bytes(key), ballot.answer(voter, request))
    others = [ballot.token() for _ in range(3)]
    blinded = int.from_bytes(request, "big")
    for other in (token, *others):
        encoded = pow(int.from_bytes(other.signatures[0], "big"), e, n)
        factor_to_e = blinded * pow(encoded, -1, n) % n
        assert 0 < factor_to_e < n
        assert encoded * factor_to_e % n == blinded


@pytest.mark.databases("postgresql")
def test_the_order_in_which_rows_lie_tells_nothing(voted: dict[UUID, str], database: Database) -> None:
    """Rows lie on PostgreSQL's disk as they were written last, and each names the transaction that wrote it."""
    cast = list(voted.values())
    with database.session(readonly=True) as session:
        rows = session.execute(
            sa.text("SELECT entry->>'tracker' AS tracker, xmin::text AS writer FROM secret_vote ORDER BY ctid")
        ).all()
    lying = [row.tracker for row in rows]
    assert sorted(lying) == sorted(cast)
    first = publishing.SMALLEST_BATCH + 1
    assert lying[:first] != cast[:first]
    assert len({row.writer for row in rows}) <= 2, "a transaction for each batch, not for each vote"


@pytest.mark.databases("postgresql")
def test_no_transaction_in_the_log_of_the_database_writes_a_mark_and_a_vote(
    ballot: SecretBallotInTest, governance: GovernanceHarness, database: Database, kept_log: None
) -> None:
    """Who archives the write-ahead log has every transaction with the tables it wrote, in their order."""
    began = log_position(database)
    tokens = [ballot.token() for _ in range(VOTERS)]
    fetched = log_position(database)
    for number, token in enumerate(sorted(tokens, key=lambda one: one.prepared)):
        ballot.vote(str(1 + number % 2), token)
    cast = log_position(database)
    governance.run_timer("publish_votes")
    ballot.end()
    of_tokens, of_votes = written(database, began, fetched), written(database, fetched, cast)
    after = written(database, cast, log_position(database))
    # The row of the ballot is locked by what refers to it.
    marks = [tables - {"secret_ballot"} for tables in of_tokens.values() if "ballot_mark" in tables]
    assert marks == [{"ballot_mark"}] * VOTERS
    votes = [tables - {"secret_ballot"} for tables in of_votes.values() if "secret_vote" in tables]
    assert votes == [{"secret_vote"}] * VOTERS
    moved = [tables for tables in after.values() if "secret_vote" in tables]
    assert 1 <= len(moved) <= 2, "a batch, or one and the rest"
    assert not any("ballot_mark" in tables for tables in (*of_votes.values(), *after.values()))


@pytest.mark.databases("sqlite")
def test_rows_have_no_number_on_sqlite(database: Database) -> None:
    with database.session(readonly=True) as session:
        for table in ("secret_vote", "ballot_mark"):
            with pytest.raises(sa.exc.OperationalError, match="no such column"):
                session.execute(sa.text(f"SELECT rowid FROM {table}"))


def test_no_table_of_the_ballot_has_a_time_or_a_running_number() -> None:
    for table in (SecretBallot, SecretVote, BallotMark):
        for column in Base.metadata.tables[table.__tablename__].columns:
            assert not isinstance(column.type, sa.DateTime), column
            assert column.server_default is None, column
            assert column.autoincrement in ("auto", False), column
    assert set(SecretVote.__table__.columns.keys()).isdisjoint(NAMES_VOTER)


def test_casting_stores_the_vote_and_nothing_else(ballot: SecretBallotInTest, database: Database) -> None:
    token = ballot.token()
    entry = token.vote(ballot.definition, "1")
    before = [(table, as_text(row)) for table, row in rows_of(database)]
    answer = ballot.governance.ask_keyed("key-of-the-voter", contract.cast_sealed_vote, **ballot.body(entry))
    assert answer["tracker"] == entry.tracker
    after = [(table, as_text(row)) for table, row in rows_of(database)]
    new = [one for one in after if one not in before]
    assert [table for table, _ in new] == ["secret_vote"]
    assert "key-of-the-voter" not in "".join(text for _, text in new)


def test_a_refused_vote_is_not_logged(ballot: SecretBallotInTest, capfd: pytest.CaptureFixture[str]) -> None:
    logs.configure("INFO")
    token = ballot.token()
    token.signatures = [bytes(384), bytes(384)]
    entry = token.vote(ballot.definition, "1")
    ballot.refused(entry)
    out, err = capfd.readouterr()
    for value in (entry.tracker, board.encoded(entry.token), board.encoded(entry.sealed)):
        assert value not in out + err


def test_the_operator_can_not_open_votes_before_the_scrutineers(
    voted: dict[UUID, str], ballot: SecretBallotInTest, database: Database
) -> None:
    """With all tables and the keys of the settings: no 32 bytes that are stored anywhere open a vote."""
    definition = ballot.definition
    entry = board.Entry.of({name: value for name, value in ballot.board()["items"][0].items() if name != "vote"})
    with ballot.governance.transaction() as tx:
        row = tx.session.get_one(SecretBallot, ballot.id)
        decrypted = row.signing_key or ""
    texts = [decrypted, *(as_text(row) for table, row in rows_of(database) if table != "secret_vote")]
    candidates = {
        int(found, 16) for text in texts for found in re.findall(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])", text)
    }
    candidates |= {
        int.from_bytes(board.decoded(found), "big")
        for text in texts
        for found in re.findall(r"(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{43}=", text)
    }
    assert candidates
    for secret in candidates:
        with pytest.raises(NotOpened):
            unseal(secret, entry.sealed, definition.about("vote"), entry.token)


def log_position(database: Database) -> str:
    """Where PostgreSQL's write-ahead log ends now."""
    with database.session() as session:
        return str(session.scalar(sa.text("SELECT pg_current_wal_flush_lsn()::text")))


def written(database: Database, start: str, end: str) -> dict[str, set[str]]:
    """The tables that each transaction wrote between two positions of the log; indexes count as their tables."""
    of_file = sa.text(
        "SELECT pg_relation_filenode(c.oid), coalesce(t.relname, c.relname) FROM pg_class c "
        "LEFT JOIN pg_index i ON i.indexrelid = c.oid LEFT JOIN pg_class t ON t.oid = i.indrelid "
        "WHERE c.relnamespace = current_schema()::regnamespace"
    )
    records = sa.text("SELECT xid::text, block_ref FROM pg_get_wal_records_info(:start, :end) WHERE xid <> '0'")
    found: dict[str, set[str]] = {}
    with database.session() as session:
        session.execute(sa.text("CREATE EXTENSION IF NOT EXISTS pg_walinspect"))
        here = session.scalar(sa.text("SELECT oid FROM pg_database WHERE datname = current_database()"))
        names = {str(number): name for number, name in session.execute(of_file)}
        for xid, blocks in session.execute(records, {"start": start, "end": end}):
            files = re.findall(rf"rel \d+/{here}/(\d+)", blocks or "")
            tables = {names[one] for one in files if one in names}
            if tables:
                found.setdefault(xid, set()).update(tables)
    return found
