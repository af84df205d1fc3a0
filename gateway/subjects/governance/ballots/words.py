"""What ballots are called on pages: options, votes, outcomes, and the pictures of a result."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from gateway.portal.people import unit_name
from gateway.portal.pictures.bars import BarRow, Bars
from gateway.portal.pictures.base import Series, Table
from gateway.portal.words import texts_of
from gateway.rpc.calls import names_of
from services.contracts.governance.ballots.vocabulary import ANSWERS

OUTCOMES = {
    "passed": _l("表决通过"),
    "failed": _l("表决没有通过"),
    "decided": _l("表决已有结果"),
    "elected": _l("选举已选出"),
    "tied": _l("选举票数相等，将再次投票"),
    "short": _l("选举没有选足"),
    "invalid": _l("参加人数不足，表决无效"),
    None: _l("一次表决已取消"),
}
"""What the voters are told of the end of a ballot."""


def option_words(options: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return what each option is called, by its key: the answer, the text or the name of the member."""
    found = list(options)
    people = names_of(one["member_id"] for one in found)
    answers = texts_of(ANSWERS)
    return {
        one["key"]: str(answers.get(one["key"]) or one["text"] or people.get(str(one["member_id"])) or gettext("会员"))
        for one in found
    }


def vote_words(choices: Sequence[str], options: Mapping[str, str], kind: str) -> str:
    """Return a vote in words; a ranking with its places."""
    if list(choices) == ["abstain"]:
        return str(texts_of(ANSWERS)["abstain"])
    named = [options.get(key, key) for key in choices]
    if kind == "ranking":
        named = [gettext("%(place)s. %(option)s", place=place, option=one) for place, one in enumerate(named, 1)]
    return gettext("、").join(named)


def result_bars(ballot: Mapping[str, Any], options: Mapping[str, str]) -> Bars:
    """Return the counts of a ballot as bars, the strongest first where people or texts stand for election."""
    result = ballot["result"]
    ordered = list(result["options"])
    if ballot["kind"] != "yes_no":
        ordered.sort(key=lambda one: one["place"])
    return Bars(
        name="ballot-result",
        title=gettext("计票结果"),
        level=2,
        series=[Series(gettext("得分") if ballot["kind"] == "ranking" else gettext("票数"), "first")],
        rows=[
            BarRow(options[one["key"]], (one["votes"],), _figures(one), mark=_mark(ballot, one), remark=_remark(one))
            for one in ordered
        ],
        mark_label=gettext("需要的票数") if result["threshold"] is not None else None,
        table=Table(
            [gettext("选项"), gettext("票数"), gettext("占比"), gettext("名次"), gettext("结果")],
            [
                [
                    options[one["key"]], one["votes"], f"{one['percent']}%" if one["percent"] else "—", one["place"],
                    _remark(one) or "—",
                ]
                for one in ordered
            ],
        ),
        empty=gettext("没有人投票。"),
    )  # fmt: skip


def turnout_bars(units: Sequence[Mapping[str, Any]]) -> Bars:
    """Return how many of each unit voted, as bars on the ground of those who may."""
    rows = sorted(units, key=lambda one: (-one["entitled"], str(one["unit_id"])))
    named = [(unit_name(one["unit_id"]) if one["unit_id"] else gettext("其他"), one) for one in rows]
    return Bars(
        name="ballot-turnout",
        title=gettext("各分工会参加情况"),
        level=2,
        series=[Series(gettext("已投票"), "first")],
        rows=[
            BarRow(words, (one["cast"],), f"{one['cast']} / {one['entitled']}", whole=one["entitled"])
            for words, one in named
        ],
        own_scale=True,
        whole_label=gettext("应投人数"),
        table=Table(
            [gettext("分工会"), gettext("应投人数"), gettext("已投票")],
            [[words, one["entitled"], one["cast"]] for words, one in named],
        ),
        empty=gettext("还没有名册。"),
    )


def _figures(one: Mapping[str, Any]) -> str:
    if one["percent"] is None:
        return gettext("%(count)s 分", count=one["votes"])
    return gettext("%(count)s 票 · %(percent)s%%", count=one["votes"], percent=one["percent"])


def _mark(ballot: Mapping[str, Any], one: Mapping[str, Any]) -> int | None:
    if ballot["kind"] == "yes_no" and one["key"] != "yes":
        return None
    threshold: int | None = ballot["result"]["threshold"]
    return threshold


def _remark(one: Mapping[str, Any]) -> str | None:
    if one["elected"]:
        return gettext("当选")
    if one["tied"]:
        return gettext("票数相等，再次投票")
    return None
