"""Ratings: anonymous sheets by which members rate their union and delegates assess leaders."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask_babel import lazy_gettext as _l

from gateway.help import Help
from gateway.portal.people import CONSOLE_ROLES
from gateway.subject import MenuItem, NewsKind, NoticeText, Reaction, Subject
from gateway.subjects.governance.ratings import (
    api,
    member_pages,
    pages,
    paper_pages,
    projections,
    rule_messages,
    writing_pages,
)
from gateway.subjects.governance.ratings.words import CALLED
from services.contracts.governance.ratings.events import RatersCalled, RatersTold


def _what(params: Mapping[str, Any]) -> str | None:
    words = CALLED.get((str(params.get("kind")), str(params.get("what"))))
    return str(words) if words else None


SUBJECT = Subject(
    "ratings",
    __doc__,
    rules=rule_messages.RULES,
    input_errors=rule_messages.INPUT_ERRORS,
    routes=api.ROUTES,
    pages=(pages.PAGES, writing_pages.PAGES, paper_pages.PAGES, member_pages.PAGES),
    menu=(
        MenuItem(
            "ratings", _l("会员评家和民主评议"), "bar-chart", "democracy", CONSOLE_ROLES, below=("/console/ratings",),
        ),
        MenuItem("my_ratings", _l("评家和评议"), "bar-chart", "own_democracy", also=("rating_sheet",)),
    ),
    news={
        "raters_called": NewsKind(
            _l("请您匿名填写评议表"), "bar-chart", "rating_sheet", "rating_id", shade=_what,
            notice=NoticeText(_l("请在“评家和评议”里匿名填写；谁填了、填了什么，任何人都看不到。已填写的请忽略。")),
        ),
        "raters_told": NewsKind(
            _l("一次评议已取消"), "bar-chart", "rating_sheet", "rating_id", shade=_what,
            notice=NoticeText(_l("请在“评家和评议”里查看。")),
        ),
    },
    reactions=(Reaction(RatersCalled, projections.on_called), Reaction(RatersTold, projections.on_told)),
    help=Help(
        _l("会员评家和民主评议"),
        _l("会员每年匿名评议建家工作和本单位主席，代表匿名评议领导干部；结果按单位统计，份数少的不显示。"),
        (
            _l("校工会发起，核对问卷、等次和人数后开始；名册随即固定，并通知全体填写人。"),
            _l("会员在手机上领取凭证后填写。凭证在自己的设备上生成，服务器盲签，因此没有人能把评议表和人对上。"),
            _l("不能在线上填写的领纸质表，由校工会按汇总录入并注明。"),
            _l("结束后统计，评议表随即销毁；份数少于规定的单位不单独显示，也不能从总数推算。"),
            _l("会员看全会和本单位的结果，分工会主席看本单位的，校工会比较各单位和历年；民主评议公布后代表可看。"),
        ),
        _l("学校教职工代表大会规定第七条"),
    ),
    templates=Path(__file__).parent / "templates",
)  # fmt: skip
