"""The page on which somebody subscribes to calendars."""

from __future__ import annotations

from flask import render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.service_calls import carry_out
from gateway.subjects.own.calendar_feeds import subscribing

PAGES = PageTable()


@PAGES.get("/me/calendar")
@only()
def calendar_subscription() -> str:
    """Show the addresses of one's calendars, or how to open them."""
    return render_template("portal/member/calendar_subscription.html", calendars=subscribing.addresses())


@PAGES.post("/me/calendar/renew")
@only()
def renew_calendars() -> Response:
    """Open one's calendars, or replace their addresses."""
    there = url_for("portal.calendar_subscription")
    return carry_out(subscribing.renew, done=gettext("订阅地址已生成，旧地址从现在起失效。"), then=there)


@PAGES.post("/me/calendar/close")
@only()
def close_calendars() -> Response:
    """Close one's calendars."""
    there = url_for("portal.calendar_subscription")
    return carry_out(subscribing.close, done=gettext("订阅已关闭，原来的地址不再更新。"), then=there)
