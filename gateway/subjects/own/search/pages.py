"""The page of the search: results of each kind, highlighted, and one kind in pages; for members and in the console."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import render_template, request

from gateway.identity.current import current_principal
from gateway.portal import navigation
from gateway.portal.formats import is_english
from gateway.portal.listing import PAGE, listing
from gateway.portal.page_table import PageTable
from gateway.portal.people import CONSOLE_ROLES, only, signed_in
from gateway.portal.service_calls import Part
from gateway.subjects.own.search.finding import FoundOfKind, first_of_each, kinds_of_asker, of_kind
from services.chassis.grams import count_of, marked, words_of
from services.contracts.gateway.search import LONGEST_SEARCH

PAGES = PageTable()

_FIRST = 5


@PAGES.get("/search")
@only()
def search() -> str:
    """Search from the members' pages."""
    return _page(console=False)


@PAGES.get("/console/search")
@only(*CONSOLE_ROLES)
def console_search() -> str:
    """Search from the console."""
    return _page(console=True)


def _page(console: bool) -> str:
    q = request.args.get("q", "").strip()[:LONGEST_SEARCH]
    words = words_of(q)
    kind = next((kind for kind in kinds_of_asker() if kind.name == request.args.get("kind")), None)
    found: Sequence[FoundOfKind] = ()
    if words:
        found = first_of_each(q, _FIRST) if kind is None else [of_kind(kind, q, request.args.get("cursor"), PAGE)]
    pages = _pages_named(words, console) if kind is None else []
    return render_template(
        "portal/search/search.html",
        frame="portal/console.html" if console else "portal/member.html",
        here="portal.console_search" if console else "portal.search",
        q=q,
        says_nothing=bool(q) and not words,
        kind=kind,
        groups=[_group(group, words, console) for group in found],
        pages=pages,
        finds_members=any(kind.name == "member" for kind in kinds_of_asker()),
        longest=LONGEST_SEARCH,
    )


def _group(found: FoundOfKind, words: Sequence[str], console: bool) -> dict[str, Any]:
    shown = found.kind.shown(found.items, console)
    return {
        "kind": found.kind,
        "away": found.away,
        "more": found.more,
        "list": listing(Part(data={"items": found.items, "next_cursor": found.next_cursor})),
        "results": [_result(item, words) | {"page": page} for item, page in zip(found.items, shown, strict=True)],
    }


def _result(item: dict[str, Any], words: Sequence[str]) -> dict[str, Any]:
    """Return a result in the reader's language, in pieces; in the other one where the words stand only there."""
    first, second = ("_en", "") if is_english() else ("", "_en")
    return {
        name: _best((item[f"{field}{first}"], item[f"{field}{second}"]), words)
        for name, field in (("title", "title"), ("text", "excerpt"))
    }


def _best(texts: Sequence[str | None], words: Sequence[str]) -> list[tuple[str, bool]]:
    """Return the text in which most of the words stand, the first of equals, in pieces."""
    present = [text for text in texts if text]
    return marked(max(present, key=lambda text: count_of(text, words)), words) if present else []


def _pages_named(words: Sequence[str], console: bool) -> list[dict[str, Any]]:
    """Return the entries of the asker's menus whose text has all words."""
    menus = navigation.console_menu(current_principal().roles) if console else []
    entries = [entry for group in menus for entry in group.entries]
    if not console and signed_in().member_id:
        entries = navigation.member_menu()
    return [
        {"title": marked(str(entry.words), words), "icon": entry.icon, "address": entry.address}
        for entry in entries
        if words and count_of(str(entry.words), words) == len(words)
    ]
