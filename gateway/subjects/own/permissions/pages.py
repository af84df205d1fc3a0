"""谁可以做什么: the table of permissions in the console, made from the contracts of all operations."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from gateway.permissions import answer
from gateway.portal.columns import Column
from gateway.portal.form_fields import Field
from gateway.portal.languages import selected_language
from gateway.portal.list_pages import ListExport, ListPage
from gateway.portal.page_table import PageTable
from gateway.portal.words import words
from services.chassis.schema import PUBLIC
from services.contracts.gateway.permissions import list_permissions

PAGES = PageTable()
READERS = ("officer", "auditor", "ops")


def title_of(item: Mapping[str, Any]) -> str:
    """Return what an operation does, in the language of the page."""
    return str(item["title_en"] if selected_language() == "en" else item["title"])


def granted(item: Mapping[str, Any]) -> str:
    """Return who may call an operation, each with the reach."""
    return gettext("、").join(_one_granted(**one) for one in item["grants"])


def _one_granted(role: str, reach: str) -> str:
    who = words(role, "permission_holder")
    return str(who) if role == PUBLIC else gettext("%(role)s（%(reach)s）", role=who, reach=words(reach, "reach"))


def address(item: Mapping[str, Any]) -> str:
    """Return method and path."""
    return f"{item['method']} {item['path']}"


TITLE = Column("title", value=title_of)
FILTERS = (Field("q", control="search"), "subject", "kind", "reach")

PERMISSIONS = PAGES.add_list(
    ListPage(
        "permissions", "/console/system/permissions", list_permissions, _l("谁可以做什么"),
        columns=(
            TITLE, "subject", "kind", Column("grants", value=granted), "delegable",
            Column("path", value=address, on_page=False),
        ),
        roles=READERS,
        filters=(*FILTERS[:1], "role", *FILTERS[1:]),
        lead=_l("由各项业务的接口声明生成：每项操作由哪些身份办理，范围是全校、所负责的分工会还是本人。"),
        empty=_l("没有符合条件的操作。"),
        icon="shield-check",
        read=partial(answer, list_permissions),
        export=ListExport(personal=False),
    )
)  # fmt: skip
