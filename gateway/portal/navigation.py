"""Menus: the member's, also at the bottom on phones, what is one's own by group, and the console's for each role."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import request, url_for
from flask_babel import lazy_gettext as _l

from gateway.subject import MenuItem, installed


@dataclass(frozen=True)
class Shown:
    """An entry of a menu on a page."""

    words: Any
    icon: str
    address: str
    here: bool
    tab: bool
    count: int
    counts: bool = False


@dataclass(frozen=True)
class Group:
    """A group of entries of the console's menu; those that are not open show their heading."""

    words: Any
    entries: list[Shown]
    open: bool = True


GROUPS: dict[str, Any] = {
    "work": None,
    "members": _l("会员"),
    "organisation": _l("组织与账号"),
    "activities": _l("活动与计划"),
    "welfare": _l("福利"),
    "democracy": _l("民主管理"),
    "money": _l("经费"),
    "privacy": _l("个人信息"),
    "system": _l("系统"),
}
"""Groups of the console's menu in order: what they are for. The first has no heading."""
OWN_GROUPS: dict[str, Any] = {
    "own_benefits": _l("福利与服务"),
    "own_democracy": _l("民主管理"),
    "own_record": _l("会籍与资料"),
}
"""Groups of the entries on the page of what is a member's own."""
_SELDOM = frozenset({"organisation", "privacy", "system"})
"""Groups that are closed unless one is on one of their pages: who opens the console each day rarely needs them."""


def member_menu(todo_count: int = 0) -> list[Shown]:
    """Return the member's menu."""
    return [_shown(item, todo_count) for item in installed().menu if item.group == "member"]


def own_menu() -> dict[str, list[Shown]]:
    """Return what leads to a member's own pages, by the groups of `OWN_GROUPS`."""
    return {group: [_shown(item) for item in installed().menu if item.group == group] for group in OWN_GROUPS}


def console_menu(roles: frozenset[str]) -> list[Group]:
    """Return the console's menu for these roles; empty for roles without access to the console."""
    items = [item for item in installed().menu if item.roles & roles]
    groups = {name: [_shown(item) for item in items if item.group == name] for name in GROUPS}
    all_open = not any(entries for name, entries in groups.items() if name not in _SELDOM)
    return [
        Group(GROUPS[name], entries, all_open or name not in _SELDOM or any(entry.here for entry in entries))
        for name, entries in groups.items()
        if entries
    ]


def _shown(item: MenuItem, todo_count: int = 0) -> Shown:
    endpoint = (request.endpoint or "").removeprefix("portal.")
    return Shown(
        words=item.words,
        icon=item.icon,
        address=url_for(f"portal.{item.endpoint}"),
        here=endpoint in (item.endpoint, *item.also) or request.path.startswith(item.below),
        tab=item.tab,
        count=todo_count if item.counts else 0,
        counts=item.counts,
    )
