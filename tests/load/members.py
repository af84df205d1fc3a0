"""A membership database of any size, filled by SQL: names, pinyin and units as they are spread in a real union."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.engine import Database
from services.chassis.database.migrations import upgrade
from services.chassis.database.transaction import transaction
from services.chassis.identifiers import uuid7
from services.chassis.rpc.context import CallContext
from services.chassis.security.encryption import key_ring
from services.chassis.security.principal import Grant, Principal
from services.membership.organisation.tables import Unit
from services.membership.person.use_cases.persons import given_pinyin, search_keys
from tests.load.ground import Ground

OFFICER = Principal("account", uuid7(), uuid7(), (Grant("officer"),))
UNITS = 24
_FAMILY = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰涛明超秀霞平刚桂英华文玉建国红梅"
_FILL = """
INSERT INTO member (id, number, name, pinyin, initials, given_pinyin, gender, birth_date, birth_month, birth_day,
    id_number, id_number_index, unit_id, employment, joined_on, standing, updated_at, version)
SELECT gen_random_uuid(), 'M' || lpad(i::text, 6, '0'), (:names)[n], (:pinyin)[n], (:initials)[n], (:given)[n],
    (ARRAY['female', 'male'])[1 + i % 2], day, extract(month FROM day), extract(day FROM day), :token, md5(i::text),
    (:units)[1 + i % :unit_count], (ARRAY['established', 'established', 'agency', 'contract', 'dispatched'])[1 + i % 5],
    '2000-01-01'::date + i % 8000, CASE WHEN i % 20 = 0 THEN 'retained' ELSE 'active' END, now(), 1
FROM (SELECT i, 1 + (i * 7919) % :name_count AS n, '1960-01-01'::date + i % 14000 AS day
      FROM generate_series(1, :members) AS i) AS people
"""


@contextmanager
def union_of(ground: Ground, members: int) -> Iterator[Database]:
    """Yield a migrated membership database with 24 units and so many members; it is dropped afterwards."""
    url = ground.server.new_database("members")
    upgrade("membership", url)
    database = Database(url, pool_size=2)
    try:
        with database.session() as session:
            units = _found(session)
            if members:
                _fill(session, units, members)
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(sa.text("ANALYZE"))
        yield database
    finally:
        database.close()
        ground.server.drop_database(url)


def _found(session: sa.orm.Session) -> list[UUID]:
    top = Unit(id=uuid7(), code="00", name="校工会", kind="union")
    session.add(top)
    session.flush()
    units = [
        Unit(id=uuid7(), code=f"{n:02d}", name=f"学院{n}", kind="unit", parent_id=top.id) for n in range(1, UNITS + 1)
    ]
    session.add_all(units)
    session.flush()
    return [unit.id for unit in units]


def _fill(session: sa.orm.Session, units: list[UUID], members: int) -> None:
    names = [family + first + second for family, first, second in product(_FAMILY, _GIVEN, ["", *_GIVEN[:9]])]
    keys = [search_keys(name) for name in names]
    texts = {name: sa.bindparam(name, type_=sa.ARRAY(sa.Text())) for name in ("names", "pinyin", "initials", "given")}
    statement = sa.text(_FILL).bindparams(*texts.values(), sa.bindparam("units", type_=sa.ARRAY(sa.Uuid())))
    session.execute(
        statement,
        {
            "names": names,
            "pinyin": [pinyin for pinyin, _ in keys],
            "initials": [initials for _, initials in keys],
            "given": [given_pinyin(name, pinyin) for name, (pinyin, _) in zip(names, keys, strict=True)],
            "name_count": len(names),
            "units": units,
            "unit_count": len(units),
            "token": key_ring().encrypt("11010119900307001X"),
            "members": members,
        },
    )


@contextmanager
def acting(database: Database) -> Iterator[object]:
    """Open a transaction of an officer."""
    with transaction(database, CallContext(principal=OFFICER)) as tx:
        yield tx
