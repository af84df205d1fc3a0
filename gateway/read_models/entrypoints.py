"""Scheduled work of the read models: the index of the search is compared with the views it copies."""

from __future__ import annotations

from collections.abc import Iterable

from gateway.read_models import search_index
from gateway.subject import Subject
from services.chassis.database.transaction import Transaction
from services.chassis.entrypoints import every

_FIVE_MINUTES = 300


def indexed_kinds(subjects: Iterable[Subject]) -> list[search_index.Indexed]:
    """Return the kinds of what the subjects let be found in the gateway's own index."""
    return [kind.indexed for subject in subjects for kind in subject.search if kind.indexed is not None]


def indexing(subjects: Iterable[Subject]) -> type:
    """Return a class with the entrypoint that keeps the index of what the subjects let be found."""
    kinds = indexed_kinds(subjects)

    def keep(tx: Transaction) -> None:
        search_index.make_good(tx, kinds)

    keep_search_index = every(_FIVE_MINUTES, "keep_search_index", keep)
    return type("Indexing", (), {"keep_search_index": keep_search_index})
