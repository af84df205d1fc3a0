"""Terms that end within 90 days: who holds what until when, and the way to naming a successor."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from gateway.portal.columns import Column, actions
from gateway.portal.forms import Field
from gateway.portal.list_pages import ListExport, ListPage, Shown
from gateway.portal.page_table import PageTable
from gateway.portal.people import CONSOLE_ROLES, unit_choices
from gateway.subjects.membership.organisation.pages import ENDS_SOON_DAYS
from services.chassis.clock import today
from services.contracts.membership.organisation.operations import list_posts

PAGES = PageTable()


def _last_day(item: Mapping[str, Any]) -> str:
    return str(item["ended_on"] or item["ends_on"])


def _why(shown: Shown) -> dict[str, Any]:
    text = gettext("%(days)s 天内届满的职务，请及早筹备换届或补选（《工会法》第十六条）。", days=ENDS_SOON_DAYS)
    return {"lead": text}


ENDING_TERMS = PAGES.add_list(
    ListPage(
        "ending_terms", "/console/organisation/terms", list_posts, _l("任期将满"),
        columns=(
            Column("member_id", in_file=False), Column("member_name", on_page=False),
            Column("kind", macro="post"), Column("unit_id", macro="unit"),
            *(Column(key, on_page=False) for key in ("starts_on", "ends_on", "ended_on", "term")),
            Column("ends_on", value=_last_day, in_file=False),
            Column("left", _l("剩余"), macro="left", in_file=False), actions("succeed"),
        ),
        roles=tuple(CONSOLE_ROLES),
        filters=("kind", Field("unit_id", choices=unit_choices)),
        empty=_l("近期没有届满的职务。"),
        icon="calendar-event",
        link="member",
        argument="member_id",
        of_unit="unit_id",
        back=("organisation", _l("组织")),
        payload=lambda values: {"ending_within": ENDS_SOON_DAYS, "held_on": today().isoformat(), **values},
        more=_why,
        macros="portal/parts/terms.html",
        export=ListExport(name="posts", title=_l("职务")),
    )
)  # fmt: skip
