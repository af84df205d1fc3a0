"""Pages by key: every row once, in order, whatever the sort; sealed cursors."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy.orm import Mapped

from services.chassis.database.engine import Database, UuidKey, declarative_base
from services.chassis.database.pagination import paginate
from services.chassis.database.transaction import Transaction, transaction
from services.chassis.errors import InvalidInput
from tests.support.examples import costly

Base = declarative_base("pagination")


class Letter(Base):
    __tablename__ = "letter"

    id: Mapped[UuidKey]
    number: Mapped[int]
    name: Mapped[str]
    rank: Mapped[int]
    amount: Mapped[Decimal]
    sent_at: Mapped[datetime]
    due: Mapped[date]


@pytest.fixture
def letters(database: Database) -> Iterator[Transaction]:
    Base.metadata.create_all(database.engine)
    begin = datetime(2023, 3, 1, tzinfo=UTC)
    with transaction(database) as tx:
        tx.session.add_all(
            Letter(
                number=number,
                name=f"信{number % 3}",
                rank=number % 5,
                amount=Decimal(number % 7) / 4,
                sent_at=begin + timedelta(microseconds=number % 4),
                due=date(2023, 1, 1) + timedelta(days=number % 6),
            )
            for number in range(60)
        )
        tx.session.flush()
        yield tx


def walk(tx: Transaction, keys, limit: int, statement=None) -> list:
    rows, cursor = [], None
    while True:
        page = paginate(
            tx, sa.select(Letter) if statement is None else statement, keys=keys, cursor=cursor, limit=limit
        )
        assert len(page.rows) <= limit
        rows += page.rows
        cursor = page.next_cursor
        if cursor is None:
            return rows


COLUMNS = ["name", "rank", "amount", "sent_at", "due"]


@hypothesis_settings(costly(), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    columns=st.lists(st.sampled_from(COLUMNS), unique=True, max_size=3),
    directions=st.lists(st.sampled_from(["asc", "desc"]), min_size=4, max_size=4),
    limit=st.integers(min_value=1, max_value=61),
)
def test_every_row_comes_exactly_once_and_in_order(letters: Transaction, columns, directions, limit: int) -> None:
    keys = [
        (getattr(Letter, name), direction) for name, direction in zip([*columns, "number"], directions, strict=False)
    ]
    order = [getattr(column, direction)() for column, direction in keys]

    expected = letters.session.scalars(sa.select(Letter).order_by(*order)).all()

    assert walk(letters, keys, limit) == expected


def test_the_id_can_be_the_last_key(letters: Transaction) -> None:
    rows = walk(letters, [(Letter.rank, "desc"), (Letter.id, "asc")], 7)

    assert [row.rank for row in rows] == sorted((row.rank for row in rows), reverse=True)
    assert len({row.id for row in rows}) == 60


def test_a_row_added_behind_the_page_is_seen_and_one_before_it_moves_nothing(letters: Transaction) -> None:
    keys = [(Letter.number, "asc")]
    first = paginate(letters, sa.select(Letter), keys=keys, limit=10)
    letters.session.execute(sa.update(Letter).where(Letter.number == 3).values(number=-1))

    second = paginate(letters, sa.select(Letter), keys=keys, cursor=first.next_cursor, limit=10)

    assert [row.number for row in second.rows] == list(range(10, 20))


def test_the_last_page_has_no_cursor_even_when_full(letters: Transaction) -> None:
    page = paginate(letters, sa.select(Letter).where(Letter.number < 10), keys=[(Letter.number, "asc")], limit=10)

    assert (len(page.rows), page.next_cursor) == (10, None)


def test_several_columns_come_as_named_tuples_without_the_keys(letters: Transaction) -> None:
    statement = sa.select(Letter.number, Letter.name)

    page = paginate(letters, statement, keys=[(Letter.sent_at, "asc"), (Letter.id, "asc")], limit=2)

    number, name = page.rows[0]
    assert (page.rows[0].number, page.rows[0].name) == (number, name)


def test_the_filters_of_the_statement_stay(letters: Transaction) -> None:
    rows = walk(letters, [(Letter.due, "desc"), (Letter.id, "desc")], 4, sa.select(Letter).where(Letter.rank == 2))

    assert len(rows) == 12
    assert {row.rank for row in rows} == {2}


def test_the_cursor_hides_what_it_holds(letters: Transaction) -> None:
    page = paginate(letters, sa.select(Letter), keys=[(Letter.name, "asc"), (Letter.id, "asc")], limit=1)

    assert page.next_cursor.replace("-", "").replace("_", "").isalnum()
    assert len(page.next_cursor) < 400


@hypothesis_settings(costly(), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(min_value=0), letter=st.sampled_from("AZaz09-_=. é"))
def test_a_cursor_with_one_letter_changed_is_invalid(letters: Transaction, place: int, letter: str) -> None:
    keys = [(Letter.number, "asc")]
    cursor = paginate(letters, sa.select(Letter), keys=keys, limit=5).next_cursor
    place %= len(cursor)
    if cursor[place] == letter:
        return

    with pytest.raises(InvalidInput) as refused:
        paginate(letters, sa.select(Letter), keys=keys, cursor=cursor[:place] + letter + cursor[place + 1 :], limit=5)

    assert refused.value.field == "cursor"


@pytest.mark.parametrize("cursor", ["x", "gAAAA", "eyJuIjo1fQ", "\x00", "中", "=" * 50])
def test_what_was_never_a_cursor_is_invalid(letters: Transaction, cursor: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        paginate(letters, sa.select(Letter), keys=[(Letter.number, "asc")], cursor=cursor)

    assert refused.value.field == "cursor"


def test_a_cursor_of_another_sort_is_invalid(letters: Transaction) -> None:
    cursor = paginate(letters, sa.select(Letter), keys=[(Letter.number, "asc")], limit=5).next_cursor

    for keys in ([(Letter.number, "desc")], [(Letter.rank, "asc"), (Letter.number, "asc")]):
        with pytest.raises(InvalidInput, match="another sort"):
            paginate(letters, sa.select(Letter), keys=keys, cursor=cursor, limit=5)


@pytest.mark.parametrize("limit", [0, -1, 101])
def test_a_limit_out_of_range_is_invalid(letters: Transaction, limit: int) -> None:
    with pytest.raises(InvalidInput) as refused:
        paginate(letters, sa.select(Letter), keys=[(Letter.number, "asc")], limit=limit)

    assert refused.value.field == "limit"
