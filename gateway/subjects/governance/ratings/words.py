"""What ratings are called on pages, and the pictures of a result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from gateway.portal.people import unit_name
from gateway.portal.pictures.bars import BarRow, Bars
from gateway.portal.pictures.base import Series, Table
from gateway.portal.pictures.columns import Columns

CALLED = {
    ("union", "called"): _l("会员评家开始了，请您匿名填写"),
    ("union", "again"): _l("提醒：会员评家还在进行，已填写的请忽略"),
    ("union", "closed"): _l("会员评家结束，结果已公布"),
    ("leaders", "called"): _l("民主评议领导干部开始了，请您匿名填写"),
    ("leaders", "again"): _l("提醒：民主评议还在进行，已填写的请忽略"),
    ("leaders", "published"): _l("民主评议领导干部的结果已公布"),
}
"""What members are told of a round."""
_TONES = ("first", "second", "third", "fourth", "past", "quiet")


def subject_title(subject: Mapping[str, Any], unit_id: str | None = None) -> str:
    """Return what a subject is called: the union's work, the chair of a unit, a leader with the post."""
    if subject["kind"] == "leader":
        return gettext("%(name)s（%(post)s）", name=subject["name"], post=subject["post"])
    if subject["kind"] == "union":
        return gettext("建家工作")
    return gettext("%(unit)s主席", unit=unit_name(unit_id)) if unit_id else gettext("分工会主席")


def group_title(unit_id: str | None) -> str:
    """Return what a group is called."""
    return unit_name(unit_id) if unit_id else gettext("人数少的分工会合计")


def subject_bars(name: str, subject: Mapping[str, Any], grades: Sequence[str], title: str) -> Bars:
    """Return how a subject was graded as bars, one for each criterion."""
    return Bars(
        name=name,
        title=title,
        note=gettext("满意率 %(share)s%%，平均 %(mean)s 分（最高 %(most)s 分）。", share=subject["satisfied_percent"],
                     mean=subject["mean"], most=len(grades)) if subject["mean"] else None,
        level=3,
        series=[Series(grade, tone) for grade, tone in zip(grades, _TONES, strict=False)],
        rows=[
            BarRow(
                one["criterion"], tuple(one["counts"]),
                gettext("满意率 %(share)s%%", share=one["satisfied_percent"]) if one["mean"] else gettext("没有人评"),
            )
            for one in subject["results"]
        ],
        own_scale=True,
        table=Table(
            [gettext("评议项目"), *grades, gettext("不了解"), gettext("满意率"), gettext("平均分")],
            [
                [one["criterion"], *one["counts"], one["abstained"],
                 f"{one['satisfied_percent']}%" if one["satisfied_percent"] else "—", one["mean"] or "—"]
                for one in subject["results"]
            ],
        ),
        empty=gettext("没有人评这一对象。"),
    )  # fmt: skip


def unit_bars(result: Mapping[str, Any]) -> Bars | None:
    """Return how satisfied the members of each unit are, the most satisfied first; None without several units."""
    shown = [one for one in result["groups"] if one["shown"]]
    if len(shown) < 2:
        return None
    ordered = sorted(shown, key=lambda one: -float(one["subjects"][0]["satisfied_percent"] or 0))
    named = [(group_title(one["unit_id"]), one["subjects"][0]["satisfied_percent"] or "0", one) for one in ordered]
    return Bars(
        name="rating-units",
        title=gettext("各分工会对建家工作的满意率"),
        level=2,
        series=[Series(gettext("满意率"), "first")],
        rows=[BarRow(words, (share,), f"{share}%", whole=100) for words, share, _ in named],
        own_scale=True,
        table=Table(
            [gettext("分工会"), gettext("满意率"), gettext("份数")],
            [[words, f"{share}%", one["sheets"]] for words, share, one in named],
        ),
    )


def trend_columns(trend: Mapping[str, Any]) -> Columns | None:
    """Return how satisfied the members were over the years; None with fewer than two years that are told."""
    years = [one for one in trend["items"] if one["satisfied_percent"] is not None]
    if len(years) < 2:
        return None
    has_unit = any(one["unit_percent"] for one in years)
    return Columns(
        name="rating-trend",
        title=gettext("历年满意率"),
        level=2,
        description=gettext("最近一年 %(share)s%%。", share=years[-1]["satisfied_percent"]),
        labels=[str(one["year"]) for one in years],
        series=[Series(gettext("全会"), "first")],
        parts=[(one["satisfied_percent"],) for one in years],
        texts=[one["satisfied_percent"].split(".")[0] + "%" for one in years],
        said=[gettext("%(year)s 年 %(share)s%%", year=one["year"], share=one["satisfied_percent"]) for one in years],
        past=[one["unit_percent"] for one in years] if has_unit else (),
        past_series=Series(unit_name(trend["unit_id"]), "past") if has_unit else None,
        table=Table(
            [gettext("年度"), gettext("全会"), *([unit_name(trend["unit_id"])] if has_unit else []), gettext("份数")],
            [
                [str(one["year"]), f"{one['satisfied_percent']}%",
                 *([f"{one['unit_percent']}%" if one["unit_percent"] else "—"] if has_unit else []), one["sheets"]]
                for one in years
            ],
        ),
    )  # fmt: skip


def result_pictures(result: Mapping[str, Any]) -> dict[str, Any]:
    """Return the pictures of a result: of the whole, of the groups that are told, of the comparison."""
    grades = result["grades"]
    whole = [subject_bars(f"whole-{one['number']}", one, grades, subject_title(one)) for one in result["subjects"]]
    groups = [
        {
            **one,
            "title": group_title(one["unit_id"]),
            "pictures": [
                subject_bars(f"group-{one['group']}-{each['number']}", each, grades,
                             subject_title(each, one["unit_id"]))
                for each in one["subjects"]
            ],
        }
        for one in result["groups"]
    ]  # fmt: skip
    return {"result": result, "whole": whole, "groups": groups, "compared": unit_bars(result)}
