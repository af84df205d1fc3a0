"""What columns hold is remembered for their headings, also by two officers at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import sqlalchemy as sa

from services.contracts.membership import imports as contract
from services.membership.imports.tables import HeadingMemory
from services.membership.imports.use_cases import uploading
from tests.component.membership.roster_office import COLUMNS, look, row, upload
from tests.component.membership.union import Union, asked
from tests.component.membership.waiting import until_somebody_waits

WITH_NOTE = [*COLUMNS, ("备注", "备注")]


def mapping_of(union: Union, import_id: UUID, **said: str | None) -> Callable[..., None]:
    """Return what names the columns of an import in a given transaction."""
    seen = look(union, import_id)
    known = {"import_id": import_id, "version": seen["version"], "mapping": {**seen["mapping"], **said}}
    return lambda tx: uploading.map_roster(tx, asked(contract.map_roster, **known))


def test_two_tables_with_the_same_headings_are_mapped_at_the_same_moment(union: Union):
    first, second = (upload(union, [row(order)], columns=WITH_NOTE) for order in (1, 2))
    names_first, names_second = mapping_of(union, first, 备注=None), mapping_of(union, second, 备注="group")

    def name_second() -> None:
        with union.acting(union.officer) as tx:
            names_second(tx)

    with ThreadPoolExecutor(1) as other:
        with union.acting(union.officer) as tx:
            names_first(tx)
            tx.session.flush()
            done = other.submit(name_second)
            until_somebody_waits(union.database)
        done.result(60)

    with union.database.session() as session:
        (kept,) = session.scalars(sa.select(HeadingMemory))
        assert kept.mapping["备注"] == "group"


def test_what_was_said_later_of_the_same_headings_counts(any_union: Union):
    for order, said in enumerate((None, "group", None)):
        import_id = upload(any_union, [row(order)], columns=WITH_NOTE)
        names = mapping_of(any_union, import_id, 备注=said)
        with any_union.acting(any_union.officer) as tx:
            names(tx)
        assert look(any_union, upload(any_union, [row(order)], columns=WITH_NOTE))["mapping"]["备注"] == said
