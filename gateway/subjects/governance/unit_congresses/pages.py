"""Filings in the console: the list, the comparison of units, and asking units for a year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from flask import request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.columns import Column
from gateway.portal.forms import Field
from gateway.portal.list_pages import ListExport, ListPage, PageLink, Shown
from gateway.portal.look_ups import recent_years
from gateway.portal.page_table import PageTable
from gateway.portal.people import CONSOLE_ROLES, only, own_unit_choices
from gateway.portal.pictures import Columns, Series, Table
from gateway.portal.service_calls import act, part
from gateway.portal.words import words
from services.chassis.clock import today
from services.chassis.plain_text import whole_number
from services.contracts.governance.unit_congresses import operations as contract

PAGES = PageTable()
_YEAR = Field("year", choices=recent_years, control="select", blank=_l("全部"))
_UNIT = Field("unit_id", choices=own_unit_choices, blank=_l("全部"))


def _this_year(_shown: Shown) -> dict[str, Any]:
    return {"year": today().year}


PAGES.add_list(
    ListPage(
        "filings", "/console/filings", contract.list_filings, _l("二级教代会"),
        columns=(
            "unit_id", "year", "form", "members", "planned_on", "held_on", Column("entitled", on_page=False),
            Column("present", on_page=False), "due_on", Column("overdue", _l("提醒"), macro="waits"),
            Column("late", on_page=False), Column("open_guidance", on_page=False),
            Column("accepted_on", on_page=False), Column("state", state=True),
        ),
        roles=tuple(CONSOLE_ROLES),
        filters=(Field("q", hint=_l("议程、地点或决议")), "show", _YEAR, _UNIT, "state", "form", "sort"),
        lead=_l("各分工会每年报送二级教代会或教职工大会：先报计划，开会后报记录，校工会审核、指导、备案。"),
        empty=_l("没有符合条件的备案。"),
        icon="journal-check",
        links=(
            PageLink("filings_compared", _l("各年比较"), "speedometer2"),
        ),
        link="filing",
        argument="filing_id",
        more=_this_year,
        template="portal/console/filings.html",
        macros="portal/parts/filings.html",
        export=ListExport(personal=False),
        topics=("unit_congress",),
    )
)  # fmt: skip


@PAGES.post("/console/filings/open")
@only("officer")
def open_filings() -> Response:
    """Ask the units for a year."""
    year = request.form.get("year", type=whole_number) or 0

    def done(made: Mapping[str, Any]) -> str:
        if made["opened"]:
            return gettext("已请 %(count)s 个分工会报送 %(year)s 年的备案。", count=made["opened"], year=made["year"])
        return gettext("%(year)s 年的各分工会都已开始报送。", year=made["year"])

    return act(contract.open_filings, {"year": year}, done=done, then=url_for("portal.filings", year=year))


def _told(ago: int, item: Mapping[str, Any]) -> str | None:
    """Return a unit's year in one line, for the file."""
    one = next((year for year in item["years"] if year["year"] == item["until"] - ago), None)
    if one is None:
        return None
    if one["held_on"] is None:
        return str(words(one["state"], "filing"))
    came = gettext("到会 %(present)s / %(entitled)s", present=one["present"], entitled=one["entitled"])
    passed = gettext("通过 %(count)s 项决议", count=one["resolutions"])
    return f"{one['held_on']} {came} {passed}"


def _figures(shown: Shown) -> dict[str, Any]:
    asked = {name: value for name, value in shown.values.items() if name in ("year", "unit_id") and value}
    found = part(contract.filing_figures, asked)
    years = list(reversed((found.data or {}).get("years", [])))
    return {"figures": found, "picture_of_years": _picture(years) if years else None}


def _picture(years: Sequence[Mapping[str, Any]]) -> Columns:
    names = {
        "accepted": (gettext("已备案"), "done"), "review": (gettext("待审核"), "information"),
        "open": (gettext("待报送"), "waiting"), "overdue": (gettext("已逾期"), "danger"),
        "waived": (gettext("免报"), "quiet"),
    }  # fmt: skip
    said = [
        gettext("%(year)s：%(figures)s", year=one["year"],
                figures=gettext("，").join(f"{label} {one[name]}" for name, (label, _) in names.items()))
        for one in years
    ]  # fmt: skip
    return Columns(
        name="filing-years",
        title=gettext("各年备案的分工会数"),
        labels=[str(one["year"]) for one in years],
        series=[Series(label, tone) for label, tone in names.values()],
        parts=[[one[name] for name in names] for one in years],
        texts=[str(sum(one[name] for name in names)) for one in years],
        said=said,
        table=Table(
            [gettext("年份"), *(label for label, _ in names.values())],
            [[one["year"], *(one[name] for name in names)] for one in years],
        ),
        empty=gettext("还没有备案。"),
    )


PAGES.add_list(
    ListPage(
        "filings_compared", "/console/filing-comparison", contract.compare_filings, _l("各年比较"),
        columns=(
            "unit_id",
            *(
                Column(f"year_{ago}", heading, macro=f"ago_{ago}", value=partial(_told, ago))
                for ago, heading in enumerate((_l("当年"), _l("前一年"), _l("前两年")))
            ),
        ),
        roles=tuple(CONSOLE_ROLES),
        filters=(
            Field("year", _l("到哪年"), choices=recent_years, control="select", blank=_l("今年")), _UNIT,
        ),
        lead=_l("同一分工会几年来何时开会、到会多少、通过几项决议；没有备案的标明状态。"),
        empty=_l("这几年没有备案。"),
        icon="speedometer2",
        back=("filings", _l("二级教代会")),
        more=_figures,
        template="portal/console/filings_compared.html",
        macros="portal/parts/filings.html",
        export=ListExport(personal=False),
    )
)  # fmt: skip
