"""Change history and access log."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

from services.chassis.clock import frozen
from services.chassis.database.engine import Database
from services.chassis.database.history import accesses_of, history_of, note_access, note_change, note_same_change
from services.chassis.database.transaction import Transaction, transaction
from services.chassis.identifiers import uuid7
from services.chassis.rpc.context import CallContext
from services.chassis.security.principal import Principal

MEMBER = "member/1"


def test_a_change_says_who_when_why_and_what(database: Database) -> None:
    account, at = uuid7(), datetime(2023, 5, 1, 8, tzinfo=UTC)
    context = CallContext(principal=Principal(kind="account", account_id=account))
    with frozen(at), transaction(database, context) as tx:
        note_change(tx, MEMBER, {"unit_id": (None, UUID(int=7)), "joined_on": (date(2023, 1, 2), None)}, "wrong unit")

    with transaction(database) as tx:
        (entry,) = history_of(tx, MEMBER).rows

    assert (entry.changed_by, entry.changed_at, entry.reason) == (str(account), at, "wrong unit")
    assert entry.correlation_id == context.correlation_id
    assert entry.changes == {
        "unit_id": {"old": None, "new": "00000000-0000-0000-0000-000000000007"},
        "joined_on": {"old": "2023-01-02", "new": None},
    }


def test_what_did_not_differ_is_not_kept(tx: Transaction) -> None:
    assert note_change(tx, MEMBER, {"name": ("a", "a")}) is None

    entry = note_change(tx, MEMBER, {"name": ("a", "a"), "fee": (Decimal("1.00"), Decimal("2.50"))})

    assert entry is not None
    assert entry.changes == {"fee": {"old": "1.00", "new": "2.50"}}


def test_lists_sets_and_nested_values_are_kept_as_json(tx: Transaction) -> None:
    change = {"audience": ({"units": [UUID(int=1)]}, {"units": {UUID(int=3), UUID(int=2)}})}
    note_change(tx, MEMBER, change)
    tx.session.flush()
    tx.session.expire_all()

    (entry,) = history_of(tx, MEMBER).rows

    assert entry.changes["audience"]["old"] == {"units": [str(UUID(int=1))]}
    assert entry.changes["audience"]["new"] == {"units": [str(UUID(int=2)), str(UUID(int=3))]}


def test_history_comes_newest_first_in_pages_and_of_one_subject_only(tx: Transaction) -> None:
    for number in range(5):
        note_change(tx, MEMBER, {"number": (number, number + 1)})
        note_change(tx, "member/2", {"number": (number, number + 1)})

    first = history_of(tx, MEMBER, limit=3)
    second = history_of(tx, MEMBER, cursor=first.next_cursor, limit=3)

    assert [entry.changes["number"]["new"] for entry in [*first.rows, *second.rows]] == [5, 4, 3, 2, 1]
    assert second.next_cursor is None


def test_a_look_at_a_protected_field_is_logged_with_its_purpose(database: Database) -> None:
    account = uuid7()
    with transaction(database, CallContext(principal=Principal(kind="account", account_id=account))) as tx:
        note_access(tx, MEMBER, "phone", "call about the visit")

    with transaction(database) as tx:
        (entry,) = accesses_of(tx, MEMBER).rows
        assert accesses_of(tx, "member/2").rows == []

    assert (entry.field, entry.purpose, entry.seen_by) == ("phone", "call about the visit", str(account))


def test_one_change_of_many_subjects_is_kept_with_each(tx: Transaction) -> None:
    note_same_change(tx, [f"member/{number}" for number in range(3)], {"standing": (None, "active")}, "admitted")
    note_same_change(tx, [], {"standing": (None, "active")})

    kept = [history_of(tx, f"member/{number}").rows for number in range(4)]

    assert [len(rows) for rows in kept] == [1, 1, 1, 0]
    assert kept[0][0].changes == {"standing": {"old": None, "new": "active"}}
    assert kept[0][0].reason == "admitted"
