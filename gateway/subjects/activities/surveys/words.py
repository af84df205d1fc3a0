"""What surveys are called on pages, and the pictures of a result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from gateway.portal.people import unit_name
from gateway.portal.pictures.bars import BarRow, Bars
from gateway.portal.pictures.base import Series, Table
from services.contracts.activities.surveys.vocabulary import MOST_POINTS

CALLED = {
    "again": _l("提醒：有一份问卷还在等您填写，已填写的请忽略"),
    "extended": _l("一份问卷延长了填写时间，已填写的请忽略"),
}
TOLD = {
    "closed": _l("一份问卷提前结束了"),
    "cancelled": _l("一份问卷已取消"),
    "published": _l("一份问卷的结果已公布"),
}
STEPS = {
    "save": _l("保存草稿"), "open": _l("开始"), "begin": _l("可以填写"), "extend": _l("延长"), "remind": _l("提醒"),
    "close": _l("结束并统计"), "publish": _l("公布结果"), "cancel": _l("取消"), "hide_text": _l("隐藏一条文字回答"),
    "show_text": _l("恢复一条文字回答"),
}  # fmt: skip


def option_words(question: Mapping[str, Any]) -> list[str]:
    """Return what the options of a question say, in order; none where it has none."""
    if question["kind"] == "yes_no":
        return [gettext("是"), gettext("否")]
    if question["kind"] == "rating":
        return [gettext("%(points)s 分", points=points) for points in range(1, MOST_POINTS + 1)]
    return list(question["options"])


def condition_words(questions: Sequence[Mapping[str, Any]], condition: Mapping[str, Any] | None) -> str:
    """Return when a question is asked; nothing where it always is."""
    if condition is None:
        return ""
    options = option_words(questions[condition["question"] - 1])
    chosen = [options[one - 1] for one in condition["choices"] if one <= len(options)]
    return gettext(
        "只在第 %(number)s 题选了“%(options)s”时问", number=condition["question"], options="”、“".join(chosen)
    )


def group_title(unit_id: str | None) -> str:
    """Return what a group is called."""
    return unit_name(unit_id) if unit_id else gettext("其他分工会合计")


def pictures_of(questions: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return each question of a result, with its picture where it has options."""
    return [{**one, "picture": _bars(one) if one["options"] else None} for one in questions]


def _bars(question: Mapping[str, Any]) -> Bars:
    rating = question["kind"] == "rating"
    options = [
        (gettext("%(points)s 分", points=one["option"]) if rating else one["option"], one)
        for one in question["options"]
    ]
    answered = gettext("%(count)s 人回答", count=f"{question['answered']:,}")
    mean = gettext("，平均 %(mean)s 分", mean=question["mean"]) if question["mean"] else ""
    return Bars(
        name=f"question-{question['number']}",
        title=f"{question['number']}. {question['question']}",
        note=answered + mean,
        level=3,
        series=[Series(gettext("人数"), "first")],
        rows=[
            BarRow(words, (one["count"],), f"{one['count']:,} · {one['percent'] or '0.0'}%", whole=question["answered"])
            for words, one in options
        ],
        own_scale=True,
        table=Table(
            [gettext("选项"), gettext("人数"), gettext("比例")],
            [[words, one["count"], f"{one['percent'] or '0.0'}%"] for words, one in options],
        ),
        empty=gettext("没有人回答这一题。"),
    )
