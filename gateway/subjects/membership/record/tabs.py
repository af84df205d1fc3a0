"""What the page of a record shows on which tab: groups of fields, without what is empty."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l

from gateway.portal.record_fields import CONTACT, INTERESTS, MEMBERSHIP, PERSON, WORK

TABS = {
    "membership": _l("会籍"), "contact": _l("个人信息"), "benefits": _l("福利"), "changes": _l("变更记录"),
}  # fmt: skip
GROUPS_OF = {"membership": (MEMBERSHIP, WORK), "contact": (PERSON, CONTACT, INTERESTS)}
IN_HEAD = ("number", "name", "standing", "unit_id", "joined_on")
"""Shown in the head of the page, on every tab."""
WHEN_IT_HAPPENED = ("group_id", "left_on", "retired_on", "approved_month")
"""Nothing is missing where these are empty."""


@dataclass(frozen=True)
class ShownGroup:
    """A group of fields on a page.

    Args:
        title: of the group.
        filled: the fields that have a value.
        unset: those that could have one.
    """

    title: Any
    filled: tuple[str, ...]
    unset: tuple[str, ...]


def chosen_tab() -> str:
    """Return the tab that the address asks for; the first one where it asks for none."""
    tab = request.args.get("tab", "")
    return tab if tab in TABS else next(iter(TABS))


def tab_of(field: str) -> str:
    """Return the tab on which a field is shown."""
    groups = {tab: [name for _, names in groups for name in names] for tab, groups in GROUPS_OF.items()}
    return next((tab for tab, names in groups.items() if field in names), next(iter(TABS)))


def shown_groups(record: Mapping[str, Any], tab: str) -> list[ShownGroup]:
    """Return the groups of a tab with what the reader may see of them; a group without any field is left out."""
    found = []
    for title, names in GROUPS_OF.get(tab, ()):
        seen = [name for name in names if name in record["seen"] and name not in IN_HEAD]
        filled = tuple(name for name in seen if record[name] not in (None, ""))
        unset = tuple(name for name in seen if name not in filled and name not in WHEN_IT_HAPPENED)
        if filled or unset:
            found.append(ShownGroup(title, filled, unset))
    return found


def initials(name: str) -> str:
    """Return what stands in the place of a photo: the last two characters of a Chinese name, else initials."""
    if not name.isascii():
        return name.strip()[-2:]
    return "".join(word[0] for word in name.split()[:2]).upper()
