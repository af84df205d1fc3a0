"""The index of the search: a copy of what views show, with its words, written with them and made good when it differs.

An entry follows from its view's row alone, so the order in which events arrive does not matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gateway.read_models.tables import SearchEntry, SearchGram
from services.chassis.database.bulk import ROWS_PER_STATEMENT, columns_of, insert_new, is_among, prepared_insert
from services.chassis.database.transaction import Transaction
from services.chassis.grams import folded, grams_of
from services.chassis.schema import ACCOUNT

_READ = 2000
"""Characters of a text that can be found."""
_AT_ONCE = 200
_MOST = 5_000
"""Entries made good in one run; the next run goes on."""
_SHOWN = ("title", "title_en", "text", "text_en", "sort_at", "reader")


@dataclass(frozen=True)
class Indexed:
    """A kind of things that are found in the gateway's own index.

    Args:
        kind: its name.
        source: selects `subject_id`, `title`, `title_en`, `text`, `text_en`, `sort_at` and `reader` of all that can be
            found, from views; `entries` makes it.
    """

    kind: str
    source: sa.Select[Any]


def entries(
    subject_id: Any,
    title: Any,
    title_en: Any | None,
    sort_at: Any,
    *,
    text: Any = None,
    text_en: Any = None,
    reader: Any = ACCOUNT,
) -> sa.Select[Any]:
    """Return the select of an `Indexed`.

    Args:
        subject_id: column of the ids.
        title: column of what is found first.
        title_en: column of the same in English.
        sort_at: column or value of the moment by which results are ordered, latest first.
        text: column of what is found as well.
        text_en: column of the same in English.
        reader: column or value of who may find it; see `SearchEntry`.
    """
    nothing = sa.cast(sa.null(), sa.Text)
    return sa.select(
        subject_id.label("subject_id"),
        title.label("title"),
        (nothing if title_en is None else title_en).label("title_en"),
        (nothing if text is None else text).label("text"),
        (nothing if text_en is None else text_en).label("text_en"),
        (sa.literal(sort_at, SearchEntry.sort_at.type) if not hasattr(sort_at, "label") else sort_at).label("sort_at"),
        (sa.literal(reader) if isinstance(reader, str) else reader).label("reader"),
    )


def refresh(tx: Transaction, indexed: Indexed, subject_ids: Iterable[UUID | str]) -> None:
    """Write the entries of these subjects as their views show them now, after the views were written."""
    wanted = sorted({UUID(str(subject_id)) for subject_id in subject_ids})
    for start in range(0, len(wanted), _AT_ONCE):
        _write(tx, indexed, wanted[start : start + _AT_ONCE])


def rebuild(tx: Transaction, indexed: Indexed) -> int:
    """Write all entries of a kind anew; return how many there are. Readers see the former ones until the commit."""
    for table in (SearchGram, SearchEntry):
        tx.session.execute(sa.delete(table).where(table.kind == indexed.kind))
    ids = indexed.source.subquery().c.subject_id
    count = 0
    last: UUID | None = None
    while True:
        rest = sa.select(ids) if last is None else sa.select(ids).where(ids > last)
        found = tx.session.scalars(rest.order_by(ids).limit(_AT_ONCE)).all()
        if not found:
            return count
        _write(tx, indexed, found)
        count, last = count + len(found), found[-1]


def make_good(tx: Transaction, kinds: Iterable[Indexed]) -> int:
    """Write entries that differ from their views, at most 5,000; return how many.

    After an update of the gateway this fills the index, and finds what the previous release wrote meanwhile.
    """
    count = 0
    for indexed in kinds:
        differing = list(tx.session.scalars(_differing(indexed).limit(_MOST - count)))
        refresh(tx, indexed, differing)
        count += len(differing)
    return count


def _differing(indexed: Indexed) -> sa.Select[Any]:
    """Select the ids whose entry is missing, out of date, or no longer shown by the view."""
    source = indexed.source.subquery()
    entry = SearchEntry.__table__
    of_it = sa.and_(entry.c.kind == indexed.kind, entry.c.subject_id == source.c.subject_id)
    differs = sa.or_(*(entry.c[name].is_distinct_from(source.c[name]) for name in _SHOWN))
    changed = sa.select(source.c.subject_id).outerjoin_from(source, entry, of_it)
    gone = sa.select(entry.c.subject_id).outerjoin_from(entry, source, source.c.subject_id == entry.c.subject_id)
    both = sa.union_all(
        changed.where(sa.or_(entry.c.subject_id.is_(None), differs)),
        gone.where(entry.c.kind == indexed.kind, source.c.subject_id.is_(None)),
    ).subquery()
    return sa.select(both.c.subject_id).order_by(both.c.subject_id)


def _write(tx: Transaction, indexed: Indexed, subject_ids: Sequence[UUID]) -> None:
    source = indexed.source.subquery()
    found = tx.session.execute(sa.select(source).where(is_among(tx.session, [source.c.subject_id], subject_ids)))
    rows = [_entry(indexed.kind, row) for row in found.mappings()]
    standing = (
        SearchEntry.kind == indexed.kind,
        is_among(tx.session, [SearchEntry.subject_id], subject_ids),
    )
    known = tx.session.execute(
        sa.select(SearchEntry.subject_id, SearchEntry.folded_title, SearchEntry.folded_text).where(*standing)
    )
    before = {row.subject_id: _grams(row.folded_title, row.folded_text) for row in known}
    after = {row["subject_id"]: _grams(row["folded_title"], row["folded_text"]) for row in rows}
    if gone := [subject_id for subject_id in before if subject_id not in after]:
        removed = SearchEntry.kind == indexed.kind, is_among(tx.session, [SearchEntry.subject_id], gone)
        tx.session.execute(sa.delete(SearchEntry).where(*removed))
    if rows:
        _keep(tx, rows)
    _keep_grams(tx, indexed.kind, before, after)


def _entry(kind: str, row: Mapping[Any, Any]) -> dict[str, Any]:
    titles = f"{row['title']} {row['title_en'] or ''}"
    texts = f"{(row['text'] or '')[:_READ]} {(row['text_en'] or '')[:_READ]}"
    return {"kind": kind, **row, "folded_title": folded(titles), "folded_text": folded(texts)}


def _grams(folded_title: str, folded_text: str) -> frozenset[str]:
    return grams_of(folded_title + folded_text)


def _keep(tx: Transaction, rows: Sequence[Mapping[str, Any]]) -> None:
    statement, parameters = prepared_insert(tx.session, SearchEntry.__table__, columns_of(rows), {})
    news = {name: statement.excluded[name] for name in (*_SHOWN, "folded_title", "folded_text")}
    tx.session.execute(
        statement.on_conflict_do_update(index_elements=["kind", "subject_id"], set_=news),
        parameters,
    )


def _keep_grams(
    tx: Transaction, kind: str, before: Mapping[UUID, frozenset[str]], after: Mapping[UUID, frozenset[str]]
) -> None:
    none: frozenset[str] = frozenset()
    # The grams before the ids, as in the key: two transactions lock in the same order.
    lost = sorted((gram, one) for one, grams in before.items() for gram in grams - after.get(one, none))
    new = sorted((gram, one) for one, grams in after.items() for gram in grams - before.get(one, none))
    key = [SearchGram.gram, SearchGram.subject_id]
    for start in range(0, len(lost), ROWS_PER_STATEMENT):
        some = is_among(tx.session, key, lost[start : start + ROWS_PER_STATEMENT])
        tx.session.execute(sa.delete(SearchGram).where(SearchGram.kind == kind, some))
    if new:
        columns: dict[str, Sequence[Any]] = {"gram": [gram for gram, _ in new], "subject_id": [one for _, one in new]}
        insert_new(tx.session, SearchGram.__table__, columns, {"kind": kind}, ["gram", "kind", "subject_id"])
