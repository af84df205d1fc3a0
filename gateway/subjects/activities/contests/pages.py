"""Contests in the console: the list, one with its entries, judges and history, the sheets, the steps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from flask import request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.identity.current import current_principal
from gateway.portal.columns import Column, actions
from gateway.portal.forms import Field
from gateway.portal.list_pages import ListExport, ListPage, Shown
from gateway.portal.page_table import PageTable
from gateway.portal.people import leads_unit, names, only
from gateway.portal.service_calls import act, part
from gateway.subjects.activities.contests.naming import change_value, change_words, criteria_words, groups_of
from services.chassis.errors import NotFound
from services.chassis.plain_text import whole_number
from services.chassis.schema import Operation
from services.contracts.activities.contests import entries as entries_contract
from services.contracts.activities.contests import judging as judging_contract
from services.contracts.activities.contests import settings as contract

PAGES = PageTable()
LOOKS = ("officer", "chair", "auditor")


def _criteria(item: Mapping[str, Any]) -> str:
    return criteria_words(item)


def _groups(item: Mapping[str, Any]) -> str:
    return gettext("、").join(one["name"] for one in item["groups"])


CONTESTS = PAGES.add_list(
    ListPage(
        "console_contests", "/console/contests", contract.list_contests, _l("比赛评分"),
        columns=(
            "title", "starts_at", Column("groups", how="text", value=_groups, wide=True),
            Column("criteria", how="text", value=_criteria, on_page=False), "scoring",
            Column("state", state=True), Column("published_at", on_page=False),
        ),
        roles=LOOKS,
        filters=(Field("q", control="search"), "state"),
        lead=_l("由评委打分的比赛；在活动页点“比赛评分”设定新的比赛。"),
        empty=_l("还没有比赛。打开一个活动，点“比赛评分”。"),
        icon="trophy",
        link="console_contest",
        argument="activity_id",
        of_unit="organiser_unit_id",
        export=ListExport(personal=False),
    )
)  # fmt: skip


def _beside(shown: Shown) -> dict[str, Any]:
    """Return what the page shows beside the entries."""
    judges = part(judging_contract.list_judges, shown.named)
    return {
        "title": shown.about["title"],
        "judges": judges,
        "judge_names": names(judges.items, "member_id"),
        "history": part(contract.contest_history, {**shown.named, "limit": 20}),
        "may": leads_unit(shown.about["organiser_unit_id"]) and current_principal().has("officer", "chair"),
        "change_words": change_words,
        "change_value": change_value,
        "criteria_words": criteria_words,
    }


CONTEST = PAGES.add_list(
    ListPage(
        "console_contest", "/console/activities/<uuid:activity_id>/contest", entries_contract.list_entries,
        _l("参赛名单"),
        columns=(
            "number", Column("name", macro="entrant", in_file=True), Column("member_id", on_page=False),
            Column("unit_id", on_page=False), Column("group_name", optional=True, macro="group_name"),
            Column("subject", optional=True), Column("sheets_in", macro="sheets_in"),
            Column("sheets_due", on_page=False), Column("raw_score", how="text", optional=True),
            Column("adjusted", how="text", macro="adjusted"), Column("score", how="text", optional=True),
            Column("rank", optional=True), Column("award", optional=True, macro="award"),
            Column("state", state=True, on_page=False), actions("of_entry"),
        ),
        roles=LOOKS,
        filters=(
            Field("q", control="search"), Field("group", control="select", choices=groups_of, blank=_l("全部")),
            "state",
        ),
        empty=_l("还没有登记参赛者。"),
        icon="people",
        back=("console_contests", _l("比赛评分")),
        about=contract.get_contest,
        more=_beside,
        template="portal/console/contest.html",
        macros="portal/parts/contest_entries.html",
        export=ListExport(name="contest_entries", title=_l("比赛成绩")),
    )
)  # fmt: skip


def _points(item: Mapping[str, Any]) -> str:
    return " / ".join(one["points"] or "—" for one in item["points"])


SHEETS = PAGES.add_list(
    ListPage(
        "contest_sheets", "/console/activities/<uuid:activity_id>/contest/sheets", judging_contract.list_sheets,
        _l("评分表"),
        columns=(
            "number", Column("entry_name", macro="sheet_entry"), Column("entry_member_id", how="member", on_page=False),
            Column("group_name", optional=True), Column("judge_name", macro="sheet_judge"),
            Column("judge_member_id", how="member", on_page=False),
            Column("points", how="text", value=_points), Column("total", how="text"),
            Column("left_out"), Column("corrected"), "handed_in_at", Column("comment", optional=True, wide=True),
        ),
        roles=LOOKS,
        filters=(Field("group", control="select", choices=groups_of, blank=_l("全部")),),
        lead=_l("一个参赛者的评分表全部交齐，或该组截止后，才在这里列出。"),
        empty=_l("还没有可以查看的评分表。"),
        icon="clipboard-check",
        about=contract.get_contest,
        more=lambda shown: {
            "title": gettext("评分表：%(title)s", title=shown.about["title"]),
            "back": (url_for("portal.console_contest", activity_id=shown.named["activity_id"]), shown.about["title"]),
        },
        macros="portal/parts/contest_entries.html",
        export=ListExport(name="contest_sheets"),
    )
)  # fmt: skip


def _group() -> dict[str, Any]:
    return {"group": request.form.get("group", type=whole_number)}


def _reason() -> dict[str, Any]:
    return {"reason": request.form.get("reason", "").strip() or None}


_STEPS: Mapping[str, tuple[Operation, Any, Callable[[], dict[str, Any]]]] = {
    "open": (contract.open_contest, _l("已开始评分，评委会收到消息。"), dict),
    "close": (contract.close_group, _l("这一组评分已截止。"), _group),
    "reopen": (contract.reopen_group, _l("这一组已重开，评委可以继续评分。"), lambda: {**_group(), **_reason()}),
    "publish": (contract.publish_contest, _l("结果已公布，参赛会员会收到消息。"), dict),
    "withdraw": (contract.withdraw_results, _l("结果已撤回，更正后请重新公布。"), _reason),
}


@PAGES.post("/console/activities/<uuid:activity_id>/contest/steps/<what>")
@only("officer", "chair")
def step_contest(activity_id: UUID, what: str) -> Response:
    """Take a step of a contest."""
    if what not in _STEPS:
        raise NotFound("There is no such step.")
    operation, done, given = _STEPS[what]
    then = url_for("portal.console_contest", activity_id=activity_id)
    return act(operation, {"activity_id": str(activity_id), **given()}, done=str(done), then=then)
