"""Searching the gateway's own index: what somebody may find is a part of the query, as the words are."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from gateway.notices.tables import Notice
from gateway.read_models.tables import SearchEntry, SearchGram
from gateway.runtime import gateway
from services.chassis.database.pagination import paginate
from services.chassis.grams import excerpt, grams_to_find, needle
from services.chassis.schema import ACCOUNT
from services.chassis.security.principal import Principal


def readers_of(principal: Principal) -> list[str]:
    """Return what a principal counts as: an account, a holder of a role, of a role in a unit (`chair/…`), a member."""
    if principal.kind != "account":
        return []
    own = [f"member/{principal.member_id}"] if principal.member_id else []
    in_units = [f"{grant.role}/{grant.unit}" for grant in principal.grants if grant.unit is not None]
    return [ACCOUNT, *sorted(principal.roles), *in_units, *own]


def first_of_each(
    principal: Principal, words: Sequence[str], kinds: Collection[str], count: int
) -> dict[str, list[dict[str, Any]]]:
    """Return the first results of several kinds by kind, in one query.

    Args:
        principal: who asks.
        words: as `grams.words_of` gives them, at least one.
        kinds: names of the kinds.
        count: results of a kind at most.
    """
    order = [column.desc() for column, _ in _keys(words)]
    place = sa.func.row_number().over(partition_by=SearchEntry.kind, order_by=order).label("place")
    found = matching(principal, words, kinds).add_columns(place).subquery()
    entry = aliased(SearchEntry, found)
    with gateway().database.session(readonly=True) as session:
        rows = session.scalars(sa.select(entry).where(found.c.place <= count).order_by(found.c.kind, found.c.place))
        results: dict[str, list[dict[str, Any]]] = {}
        for row in rows:
            results.setdefault(row.kind, []).append(_result(row, words))
    return results


def page(principal: Principal, words: Sequence[str], kind: str, cursor: str | None, limit: int) -> dict[str, Any]:
    """Return one page of the results of one kind.

    Raises:
        InvalidInput: the cursor was tampered with or belongs to another list.
    """
    with gateway().transaction(readonly=True) as tx:
        found = paginate(tx, matching(principal, words, [kind]), keys=_keys(words), cursor=cursor, limit=limit)
        items = [_result(row, words) for row in found.rows]
    return {"items": items, "next_cursor": found.next_cursor}


def matching(principal: Principal, words: Sequence[str], kinds: Collection[str]) -> sa.Select[Any]:
    """Select the entries of these kinds that have all words and that the principal may find.

    A few grams lead to the entries by the index; the text says whether the words really stand there. That is written
    as a case, of which the database expects half the entries to fit: else it reads all texts instead of the index.
    """
    statement = sa.select(SearchEntry)
    for gram in grams_to_find(words):
        indexed = aliased(SearchGram)
        of_it = indexed.kind == SearchEntry.kind, indexed.subject_id == SearchEntry.subject_id
        statement = statement.join(indexed, sa.and_(indexed.gram == gram, indexed.kind.in_(kinds), *of_it))
    whole = SearchEntry.folded_title.concat(SearchEntry.folded_text)
    has_words = sa.case((_has(whole, words), sa.true()), else_=sa.false())
    return statement.where(SearchEntry.kind.in_(kinds), _may_be_found_by(principal), has_words)


def _may_be_found_by(principal: Principal) -> sa.ColumnElement[bool]:
    readers = readers_of(principal)
    if not readers:
        return sa.false()
    told = sa.exists().where(
        Notice.recipient_id.in_(principal.own_ids),
        Notice.kind == SearchEntry.kind,
        Notice.event_id == SearchEntry.subject_id,
    )
    return sa.or_(SearchEntry.reader.in_(readers), told)


def _has(column: Any, words: Sequence[str]) -> sa.ColumnElement[bool]:
    return sa.and_(*(column.contains(needle(word), autoescape=True) for word in words))


def _keys(words: Sequence[str]) -> list[Any]:
    """Order by whether the title has the words, then by time."""
    in_title = sa.case((_has(SearchEntry.folded_title, words), 1), else_=0)
    return [(in_title, "desc"), (SearchEntry.sort_at, "desc"), (SearchEntry.subject_id, "desc")]


def _result(row: Any, words: Sequence[str]) -> dict[str, Any]:
    text, text_en = row.text or "", row.text_en or ""
    return {
        "id": str(row.subject_id),
        "title": row.title,
        "title_en": row.title_en,
        "excerpt": excerpt(text, words) or None,
        "excerpt_en": excerpt(text_en, words) or None,
    }
