"""What a subject declares of the search: what is found of it, who finds it, and how a result is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gateway.read_models.search_index import Indexed


@dataclass(frozen=True)
class Found:
    """How a result of the search is shown on its page: the address it opens and what is said below its title."""

    address: str
    about: str = ""


@dataclass(frozen=True)
class SearchKind:
    """What the search finds of a subject: entries of the gateway's own index, or what the owning service finds.

    Args:
        name: in addresses.
        words: above its results.
        icon: of Bootstrap Icons.
        link: address of a result for programs, below /api/v1, with names of its values in braces, as in `/units/{id}`.
        shown: called as `shown(results, console)`; returns how each is shown, in the console or to members.
        indexed: its entries of the index; None when `find` asks a service.
        find: called as `find(q, cursor, limit)`; returns a page of results, as the service lets the asker see them.
        roles: who finds it; empty for all. Whether a single entry may be found is for the index or the service to say.
    """

    name: str
    words: Any
    icon: str
    link: str
    shown: Callable[[Sequence[Mapping[str, Any]], bool], Sequence[Found]]
    indexed: Indexed | None = None
    find: Callable[[str, str | None, int], dict[str, Any]] | None = None
    roles: frozenset[str] = frozenset()
