"""Suggestions in the console: those that wait, answers for all to read, counts of a year."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import render_template, request
from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from gateway.portal.columns import Column
from gateway.portal.forms import Field
from gateway.portal.list_pages import ListExport, ListPage, PageLink
from gateway.portal.page_table import PageTable
from gateway.portal.people import only, unit_choices
from gateway.portal.pictures.bars import BarRow, Bars
from gateway.portal.pictures.base import Series, Table
from gateway.portal.words import words
from gateway.rpc.calls import call
from services.contracts.governance.suggestions import operations as contract

PAGES = PageTable()
_OFFICES = frozenset({"officer", "auditor"})

PAGES.add_list(
    ListPage(
        "suggestions", "/console/suggestions", contract.list_suggestions, _l("建议箱"),
        columns=(
            "number", "title", "topic", "member_id", Column("anonymous", on_page=False), "unit_id",
            Column("received_on", on_page=False), "due_on", Column("answered_on", on_page=False),
            Column("published", on_page=False), Column("state", state=True),
        ),
        roles=("officer", "chair"),
        filters=(Field("q", hint=_l("编号或题目")), "show", "topic", Field("unit_id", choices=unit_choices), "state",
                 "sort"),
        lead=_l("会员署名或匿名提出的建议；默认列出待答复的，快到期的在前。转办给分工会后，分工会看不到建议人。"),
        empty=_l("没有符合条件的建议。"),
        icon="chat-left-text",
        links=(
            PageLink("suggestion_figures", _l("统计"), "speedometer2", _OFFICES),
            PageLink("suggestion_answers", _l("公开的答复"), "chat-left-text"),
        ),
        link="suggestion",
        argument="suggestion_id",
        export=ListExport(name="suggestions", title=_l("建议")),
        topics=("suggestions",),
    )
)  # fmt: skip
PAGES.add_list(
    ListPage(
        "suggestion_answers", "/suggestions", contract.list_suggestion_answers, _l("公开的答复"),
        columns=("title", "topic", Column("question", macro="asked"), "answered_on", "unit_id"),
        roles=("member", "officer", "chair", "auditor"),
        filters=(Field("q", hint=_l("题目、问题或答复")), "topic", "sort"),
        lead=_l("会员提出的问题和工会的答复；经建议人同意公开，不写明是谁提出的。"),
        empty=_l("还没有公开的答复。"),
        icon="chat-left-text",
        layout="member",
        back=("my_suggestions", _l("我的建议")),
        macros="portal/parts/suggestions.html",
        export=ListExport(name="suggestion-answers", title=_l("公开的答复")),
    )
)  # fmt: skip


@PAGES.get("/console/suggestion-figures")
@only("officer", "auditor")
def suggestion_figures() -> str:
    """Show the counts of a year by topic."""
    asked = request.args.get("year", "")
    year: dict[str, Any] = {"year": int(asked)} if asked.isdecimal() and len(asked) == 4 else {}
    found = call(contract.suggestion_figures, year)
    picture = _picture(found) if found["topics"] else None
    return render_template("portal/console/suggestion_figures.html", it=found, picture_of_topics=picture)


def _picture(found: Mapping[str, Any]) -> Bars:
    """Return the suggestions of a year as bars, one for each topic."""
    counts = [(one, one["received"] - one["answered"] - one["waiting"]) for one in found["topics"]]
    titles = [str(words(one["topic"], "suggestion_topic")) for one, _ in counts]
    return Bars(
        name="topics",
        title=gettext("各类建议"),
        note=gettext(
            "收到 %(received)s 件，已答复 %(answered)s 件。", received=found["received"], answered=found["answered"]
        ),
        level=2,
        series=[
            Series(gettext("已答复"), "first"), Series(gettext("待答复"), "second"), Series(gettext("其他"), "quiet"),
        ],
        rows=[
            BarRow(title, (one["answered"], one["waiting"], other), gettext("%(count)s 件", count=one["received"]))
            for title, (one, other) in zip(titles, counts, strict=True)
        ],
        table=Table(
            [
                gettext("类别"), gettext("收到"), gettext("已答复"), gettext("待答复"), gettext("已公开"),
                gettext("平均答复天数"),
            ],
            [
                [title, one["received"], one["answered"], one["waiting"], one["published"], _dash(one["days"])]
                for title, (one, _) in zip(titles, counts, strict=True)
            ],
        ),
    )  # fmt: skip


def _dash(days: int | None) -> str:
    return "—" if days is None else str(days)
