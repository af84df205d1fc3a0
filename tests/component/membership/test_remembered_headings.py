"""What columns hold is remembered for their headings, also by two officers at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import sqlalchemy as sa

from services.contracts.membership import imports as contract
from services.membership.imports.tables import HeadingMemory
from services.membership.imports.use_cases import uploading
from tests.component.membership.harness import MembershipHarness, asked
from tests.component.membership.rosters import COLUMNS, look, row, upload
from tests.component.membership.waiting import until_somebody_waits

WITH_NOTE = [*COLUMNS, ("备注", "备注")]


def mapping_of(membership: MembershipHarness, import_id: UUID, **said: str | None) -> Callable[..., None]:
    """Return what names the columns of an import in a given transaction."""
    seen = look(membership, import_id)
    known = {"import_id": import_id, "version": seen["version"], "mapping": {**seen["mapping"], **said}}
    return lambda tx: uploading.map_roster(tx, asked(contract.map_roster, **known))


def test_two_tables_with_the_same_headings_are_mapped_at_the_same_moment(membership: MembershipHarness):
    first, second = (upload(membership, [row(order)], columns=WITH_NOTE) for order in (1, 2))
    names_first, names_second = mapping_of(membership, first, 备注=None), mapping_of(membership, second, 备注="group")

    def name_second() -> None:
        with membership.transaction(membership.officer) as tx:
            names_second(tx)

    with ThreadPoolExecutor(1) as other:
        with membership.transaction(membership.officer) as tx:
            names_first(tx)
            tx.session.flush()
            done = other.submit(name_second)
            until_somebody_waits(membership.database)
        done.result(60)

    with membership.database.session() as session:
        (kept,) = session.scalars(sa.select(HeadingMemory))
        assert kept.mapping["备注"] == "group"


def test_what_was_said_later_of_the_same_headings_counts(membership: MembershipHarness):
    for order, said in enumerate((None, "group", None)):
        import_id = upload(membership, [row(order)], columns=WITH_NOTE)
        names = mapping_of(membership, import_id, 备注=said)
        with membership.transaction(membership.officer) as tx:
            names(tx)
        assert look(membership, upload(membership, [row(order)], columns=WITH_NOTE))["mapping"]["备注"] == said
