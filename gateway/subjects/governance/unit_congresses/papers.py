"""A unit's filing on paper: plan, record, checklist, resolutions, guidance, to be signed and kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext

from gateway.jobs.sheets import paper
from gateway.pdf.printing import printed
from gateway.portal.formats import plain_day
from gateway.portal.people import unit_name
from gateway.portal.words import words
from gateway.rpc.calls import call
from services.contracts.governance.unit_congresses import operations as contract

Block = tuple[str, Any]


def filing_paper_of(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Return a filing as a PDF, to who may read it.

    Raises:
        NotFound: there is no such filing.
        NotAllowed: it is another unit's, or was not accepted yet.
    """
    it = call(contract.get_filing, {"filing_id": payload["filing_id"]})
    unit = unit_name(it["unit_id"])
    title = gettext("二级教代会备案表")
    subtitle = f"{unit}　{it['year']}　{words(it['state'], 'filing')}"
    blocks = [*_plan(it), *_record(it), *_resolutions(it), *_checks(it), *_guidance(it), *_signed()]
    return paper(f"{it['year']}-{unit}-{title}.pdf", printed("document", title, subtitle, blocks))


def check_words(check: Mapping[str, Any]) -> str:
    """Return an item of the checklist in words; the union's own are texts themselves."""
    return str(check["item"] if check["own"] else words(check["item"], "congress_check"))


def done_words(check: Mapping[str, Any]) -> str:
    """Return the answer to an item in words."""
    return {True: gettext("已完成"), False: gettext("没有完成")}.get(check["done"], "—")


def _plan(it: Mapping[str, Any]) -> list[Block]:
    rows = [
        (gettext("形式"), str(words(it["form"], "congress_form")) if it["form"] else "—"),
        (gettext("人数"), it["members"]), (gettext("代表人数"), it["delegates"] or "—"),
        (gettext("计划召开日期"), plain_day(it["planned_on"]) if it["planned_on"] else "—"),
        (gettext("地点"), it["place"] or "—"), (gettext("议程"), it["agenda"] or "—"),
    ]  # fmt: skip
    return [("heading", gettext("计划")), _table(rows)]


def _record(it: Mapping[str, Any]) -> list[Block]:
    if it["held_on"] is None:
        return []
    rows = [
        (gettext("召开日期"), plain_day(it["held_on"])), (gettext("应到人数"), it["entitled"]),
        (gettext("实到人数"), it["present"]), (gettext("会议情况"), it["summary"]),
    ]  # fmt: skip
    return [("heading", gettext("记录")), _table(rows)]


def _table(rows: list[tuple[str, Any]]) -> Block:
    return ("table", [[gettext("项目"), gettext("内容")], rows, [1, 4]])


def _resolutions(it: Mapping[str, Any]) -> list[Block]:
    if not it["resolutions"]:
        return []
    headings = [gettext("决议"), gettext("赞成 / 反对 / 弃权"), gettext("结果")]
    rows = [
        (
            one["title"],
            f"{one['votes_for']} / {one['votes_against']} / {one['abstained']}",
            gettext("通过") if one["passed"] else gettext("没有通过"),
        )
        for one in it["resolutions"]
    ]
    return [("heading", gettext("决议")), ("table", [headings, rows, [5, 3, 2]])]


def _checks(it: Mapping[str, Any]) -> list[Block]:
    if not it["checks"]:
        return []
    rows = [(check_words(one), done_words(one), one["note"] or "") for one in it["checks"]]
    return [
        ("heading", gettext("检查表")),
        ("table", [[gettext("项目"), gettext("结果"), gettext("说明")], rows, [5, 2, 3]]),
    ]  # fmt: skip


def _guidance(it: Mapping[str, Any]) -> list[Block]:
    if not it["guidance"]:
        return []
    rows = [(one["text"], one["answer"] or "—") for one in it["guidance"]]
    headings = [gettext("指导意见"), gettext("答复")]
    return [("heading", gettext("指导意见")), ("table", [headings, rows, [1, 1]])]


def _signed() -> list[Block]:
    rows = [(one, "", "") for one in (gettext("分工会主席"), gettext("校工会"))]
    headings = ["", gettext("签名或盖章"), gettext("日期")]
    return [("heading", gettext("签名")), ("table", [headings, rows, [2, 4, 2]])]
