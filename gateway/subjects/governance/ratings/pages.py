"""Ratings in the console: the list, one round with what is to be done, the comparison of units, remarks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.columns import Column
from gateway.portal.forms import Field
from gateway.portal.list_pages import ListExport, ListPage, PageLink, Shown
from gateway.portal.messages import say
from gateway.portal.page_table import PageTable
from gateway.portal.people import CONSOLE_ROLES, only, unit_choices
from gateway.portal.rule_messages.figures import name_of_figure
from gateway.portal.service_calls import act, part
from gateway.portal.steps import steps_of
from gateway.rpc.calls import call
from gateway.subjects.governance.ratings.words import group_title, result_pictures, subject_title, trend_columns
from services.chassis.errors import Problem
from services.contracts.governance.ratings import operations as contract
from services.contracts.governance.ratings.vocabulary import RATING_STAGES, RATING_STATES

PAGES = PageTable()
_PATH = "/console/ratings/<uuid:rating_id>"
_RUNS = frozenset({"officer"})
_OFFICE = ("auditor", "officer")


PAGES.add_list(
    ListPage(
        "ratings", "/console/ratings", contract.list_ratings, _l("会员评家和民主评议"),
        columns=(
            "title", "kind", "year", Column("way", wide=True), Column("opened_at", on_page=False), "closes_at",
            "entitled", "sheets", Column("paper", on_page=False), Column("state", state=True),
        ),
        roles=tuple(sorted(CONSOLE_ROLES)),
        filters=("q", "kind", "year", "state"),
        lead=_l("匿名填写，结束后统计并销毁评议表；份数少的单位不单独显示。"),
        empty=_l("没有符合条件的评议。"),
        icon="bar-chart",
        links=(
            PageLink("new_rating", _l("发起会员评家"), "plus-lg", _RUNS, first=True),
            PageLink("new_assessment", _l("发起民主评议"), "plus-lg", _RUNS),
        ),
        link="rating",
        argument="rating_id",
        export=ListExport(personal=False),
        topics=("rating",),
    )
)  # fmt: skip


def _about(shown: Shown) -> dict[str, Any]:
    return {"title": gettext("%(title)s：各单位", title=shown.about["title"])}


def _group(item: Mapping[str, Any]) -> str:
    return group_title(item["unit_id"])


PAGES.add_list(
    ListPage(
        "rating_units", f"{_PATH}/units", contract.list_rating_units, _l("各单位评议结果"),
        columns=(
            Column("unit_id", value=_group, how="text"), "entitled", "sheets", "paper", Column("turnout", how="text"),
            Column("satisfied_percent", how="text"), Column("mean", how="text"), Column("chair_percent", how="text"),
            Column("chair_mean", how="text"),
        ),
        roles=_OFFICE,
        filters=(Field("unit_id", choices=unit_choices),),
        lead=_l("比率是百分数。空白的单位份数太少，或为了不能从总数推算而一并不显示。"),
        empty=_l("没有符合条件的单位。"),
        icon="bar-chart",
        back=("ratings", _l("会员评家和民主评议")),
        about=contract.get_rating,
        more=_about,
        export=ListExport(personal=False, name="rating-units", title=_l("各单位评议结果")),
    )
)  # fmt: skip

PAGES.add_list(
    ListPage(
        "rating_remarks", f"{_PATH}/remarks", contract.list_rating_remarks, _l("意见和建议"),
        columns=("text", Column("unit_id", value=lambda item: _remark_unit(item), how="text")),
        roles=("chair", "officer"),
        filters=(Field("unit_id", choices=unit_choices),),
        lead=_l("顺序是随机的；份数少的单位不写明单位。"),
        empty=_l("没有意见。"),
        icon="chat-left-text",
        back=("ratings", _l("会员评家和民主评议")),
        about=contract.get_rating,
        more=lambda shown: {"title": gettext("%(title)s：意见", title=shown.about["title"])},
        export=ListExport(personal=False, name="rating-remarks", title=_l("意见和建议")),
    )
)  # fmt: skip


def _remark_unit(item: Mapping[str, Any]) -> str:
    return group_title(item["unit_id"]) if item["unit_id"] else gettext("不写明")


@PAGES.get(_PATH)
@only(*CONSOLE_ROLES)
def rating(rating_id: UUID) -> str:
    """Show a round with what is to be done, and its result."""
    named = {"rating_id": str(rating_id)}
    found = call(contract.get_rating, named)
    closed = found["state"] == "closed"
    result = part(contract.get_rating_result, named) if closed else None
    trend = part(contract.rating_trend, {}).data if closed and found["kind"] == "union" else None
    return render_template(
        "portal/console/rating.html",
        it={**found, "rules": [{**rule, "name": name_of_figure(rule["key"])} for rule in found["rules"]]},
        subjects=[{**one, "title": subject_title(one)} for one in found["subjects"]],
        parts=[{**one, "title": group_title(one["unit_id"])} for one in found["groups"]],
        way=steps_of(RATING_STAGES, found["state"], RATING_STATES),
        blocked=say(Problem.from_wire(found["blocked"])) if found["blocked"] else None,
        chart=trend_columns(trend) if trend else None,
        away=result.problem if result else None,
        **(result_pictures(result.data) if result and result.data else {}),
    )


@PAGES.post(f"{_PATH}/open")
@only("officer")
def open_rating(rating_id: UUID) -> Response:
    """Open a round."""
    return _act(contract.open_rating, rating_id, gettext("正在建立名册和密钥，通常几秒钟后开始。"))


@PAGES.post(f"{_PATH}/close")
@only("officer")
def close_rating(rating_id: UUID) -> Response:
    """Close a round and count it."""
    return _act(contract.close_rating, rating_id, gettext("填写已结束，评议表统计后销毁。"))


@PAGES.post(f"{_PATH}/cancel")
@only("officer")
def cancel_rating(rating_id: UUID) -> Response:
    """Cancel a round with the reason."""
    reason = request.form.get("reason", "").strip()
    return _act(contract.cancel_rating, rating_id, gettext("评议已取消。"), reason=reason)


@PAGES.post(f"{_PATH}/remind")
@only("officer")
def remind_raters(rating_id: UUID) -> Response:
    """Remind everybody."""
    return _act(contract.remind_raters, rating_id, gettext("已提醒全体填写人。"))


@PAGES.post(f"{_PATH}/publish")
@only("officer")
def publish_rating(rating_id: UUID) -> Response:
    """Publish an assessment to who assessed."""
    return _act(contract.publish_rating, rating_id, gettext("结果已向填写人公布。"))


def _act(operation: Any, rating_id: UUID, done: str, **more: Any) -> Response:
    return act(operation, {"rating_id": str(rating_id), **more}, done=done, then=here(rating_id))


def here(rating_id: UUID) -> str:
    """Return the address of a round's page."""
    return url_for("portal.rating", rating_id=rating_id)
