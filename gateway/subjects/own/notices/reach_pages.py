"""Whom notices reach outside of the portal, in the console: stops of members and kinds, robots of group chats."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from flask import flash, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.notices.answers import answer
from gateway.notices.naming import kind_names, named
from gateway.portal.columns import Column, actions
from gateway.portal.forms import Field, Form
from gateway.portal.list_pages import ListPage
from gateway.portal.list_parts import Shown
from gateway.portal.page_table import PageTable
from gateway.portal.people import only, units
from gateway.portal.service_calls import attempt, carry_out, go
from services.contracts.gateway import announcements as contract

PAGES = PageTable()

STOP = (
    Field("member_number", extra={"autocapitalize": "characters", "autocomplete": "off"}),
    Field("kind", control="select", choices=kind_names, blank=_l("请选择")),
    Field("reason", wide=True),
)
ROBOT = (
    "name",
    Field("service", control="select"),
    Field("address", wide=True, hint=_l("企业微信或钉钉添加群机器人时给出的地址；钉钉的关键词请设为“工会”。")),
    Field(
        "unit_id", control="select", blank=_l("全校"),
        choices=lambda: {unit_id: unit["name"] for unit_id, unit in units().items() if unit["active"]},
    ),
)  # fmt: skip


def _stop_form(shown: Shown) -> dict[str, Any]:
    return {"form": Form(contract.CreateStop, STOP)}


def _robot_form(shown: Shown) -> dict[str, Any]:
    return {"form": Form(contract.CreateRobot, ROBOT)}


STOPS = PAGES.add_list(
    ListPage(
        "notice_stops",
        "/console/notices/stops",
        contract.list_stops,
        _l("停发通知"),
        (
            Column("reason"),
            Column("member_id", optional=True),
            Column("kind", value=lambda item: named(item["kind"]) if item["kind"] else None, how="text", optional=True),
            "created_at",
            Column("ended_at", optional=True),
            actions("end"),
        ),
        ("officer",),
        lead=_l("停发后，门户之外不再给这位会员或不再发这一类；门户里的消息照常。"),
        empty=_l("没有停发。"),
        back=("deliveries", _l("通知发送")),
        read=partial(answer, contract.list_stops),
        more=_stop_form,
        template="portal/console/notice_stops.html",
        macros="portal/console/reach_cells.html",
    )
)
ROBOTS = PAGES.add_list(
    ListPage(
        "notice_robots",
        "/console/notices/robots",
        contract.list_robots,
        _l("群机器人"),
        ("name", "service", Column("unit_id"), "address", "created_at", actions("remove")),
        ("officer",),
        lead=_l("公告和活动的消息也发到这些群。地址等于密码，加密保存，只显示最后四位。"),
        empty=_l("没有登记群机器人。"),
        back=("deliveries", _l("通知发送")),
        read=partial(answer, contract.list_robots),
        more=_robot_form,
        template="portal/console/notice_robots.html",
        macros="portal/console/reach_cells.html",
    )
)


@PAGES.post("/console/notices/stops")
@only("officer")
def stop_notices() -> str | Response | tuple[str, int]:
    """Stop a member or a kind."""
    form = Form(contract.CreateStop, STOP, posted=request.form)
    return _made(STOPS, form, lambda: answer(contract.create_stop, form.payload()), gettext("已停发。"))


@PAGES.post("/console/notices/stops/<uuid:stop_id>/end")
@only("officer")
def end_notice_stop(stop_id: UUID) -> Response:
    """End a stop."""
    payload = {"stop_id": str(stop_id)}
    then = url_for("portal.notice_stops")
    return carry_out(lambda: answer(contract.end_stop, payload), done=gettext("已恢复发送。"), then=then)


@PAGES.post("/console/notices/robots")
@only("officer")
def add_notice_robot() -> str | Response | tuple[str, int]:
    """Tell a group chat."""
    form = Form(contract.CreateRobot, ROBOT, posted=request.form)
    return _made(ROBOTS, form, lambda: answer(contract.create_robot, form.payload()), gettext("群机器人已登记。"))


@PAGES.post("/console/notices/robots/<uuid:robot_id>/end")
@only("officer")
def end_notice_robot(robot_id: UUID) -> Response:
    """Tell a group chat no more."""
    payload = {"robot_id": str(robot_id)}
    then = url_for("portal.notice_robots")
    return carry_out(lambda: answer(contract.end_robot, payload), done=gettext("群机器人已停用。"), then=then)


def _made(page: ListPage, form: Form, do: Callable[[], dict[str, Any]], done: str) -> Response | tuple[str, int]:
    if attempt(form, do) is None:
        return page.show(form=form), 422
    flash(done, "done")
    return go(url_for(f"portal.{page.endpoint}"))
