"""Names stand in one form, with the search keys that follow from it; see the service's README."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from services.chassis.names import canonical_name
from services.chassis.security.encryption import EncryptedText
from services.membership.person.use_cases.pinyin import search_keys

revision = "0017"
down_revision = "0016"

_ROWS = 1000
_LONGEST = 50

_MEMBER = sa.table(
    "member", sa.column("id", sa.Uuid()), *(sa.column(name, sa.String()) for name in ("name", "pinyin", "initials")),
    sa.column("emergency_name", EncryptedText()),
)  # fmt: skip
_APPLICATION = sa.table("application", sa.column("id", sa.Uuid()), sa.column("name", sa.String()))
_FAMILY = sa.table("family_member", sa.column("id", sa.Uuid()), sa.column("name", EncryptedText()))


def upgrade() -> None:
    # Whose identity is erased has neither name nor key.
    named = _MEMBER.c.pinyin != ""
    _rewrite(_MEMBER, ("name", "pinyin", "initials"), _of_member, named)
    _rewrite(_MEMBER, ("emergency_name",), _of_one("emergency_name"), _MEMBER.c.emergency_name.is_not(None))
    _rewrite(_APPLICATION, ("name",), _of_one("name"), _APPLICATION.c.name.is_not(None))
    _rewrite(_FAMILY, ("name",), _of_one("name"), sa.true())


def _of_member(row: Mapping[str, Any]) -> dict[str, Any]:
    name = _written(row["name"])
    pinyin, initials = search_keys(name)
    return {"name": name, "pinyin": pinyin, "initials": initials}


def _of_one(column: str) -> Callable[[Mapping[str, Any]], dict[str, Any]]:
    return lambda row: {column: _written(row[column])}


def _written(name: str) -> str:
    """Return a name in its form; one that this would empty or make too long stays as it is."""
    canonical = canonical_name(name)
    return canonical if 0 < len(canonical) <= _LONGEST else name


def _rewrite(
    table: sa.TableClause,
    columns: tuple[str, ...],
    present: Callable[[Mapping[str, Any]], dict[str, Any]],
    where: sa.ColumnElement[bool],
) -> None:
    """Go through a table once, a thousand rows at a time, and write those that differ.

    These are locked and read again before: the version that still runs may have changed them meanwhile.
    """
    connection, last = op.get_bind(), None
    found = sa.select(table.c.id, *(table.c[name] for name in columns)).where(where).order_by(table.c.id)
    write = table.update().where(table.c.id == sa.bindparam("of"))

    def differing(statement: sa.Select[Any]) -> tuple[list[dict[str, Any]], Sequence[sa.RowMapping]]:
        rows = connection.execute(statement).mappings().all()
        news = ((row, present(row)) for row in rows)
        return [{"of": row["id"], **new} for row, new in news if new != {name: row[name] for name in columns}], rows

    while True:
        some = found.limit(_ROWS)
        seen, rows = differing(some if last is None else some.where(table.c.id > last))
        if seen:
            held, _ = differing(found.where(table.c.id.in_([one["of"] for one in seen])).with_for_update())
            if held:
                connection.execute(write, held)
        if len(rows) < _ROWS:
            return
        last = rows[-1]["id"]
