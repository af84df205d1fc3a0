"""Recuperation: routes, rounds of trips, applications, the draw that anyone can verify."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from gateway.help import Help
from gateway.portal.people import CONSOLE_ROLES
from gateway.subject import MenuItem, NewsKind, NoticeText, Reaction, Subject
from gateway.subjects.welfare.recuperation import api, member_pages, pages, projections, rule_messages, trip_pages
from services.contracts.welfare.recuperation.events import TripPlaceChanged

_CONSOLE_PAGES = (
    "recuperation_round", "recuperation_routes", "new_recuperation_round", "new_recuperation_route", "new_trip", "trip",
)  # fmt: skip


def _what_became(params: Mapping[str, Any]) -> str | None:
    return {
        "drawn_in": gettext("您获得了疗休养名额"),
        "waiting": gettext("您的疗休养报名进入候补"),
        "confirmed": gettext("您的疗休养团已成团"),
        "withdrawn": gettext("您的疗休养报名已退出"),
        "cancelled_late": gettext("您的疗休养报名已临期退出"),
        "settled": gettext("您的疗休养已结算"),
    }.get(str(params.get("state")))


SUBJECT = Subject(
    "recuperation",
    __doc__,
    rules=rule_messages.RULES,
    input_errors=rule_messages.INPUT_ERRORS,
    routes=api.ROUTES,
    pages=(pages.PAGES, trip_pages.PAGES, member_pages.PAGES),
    menu=(
        MenuItem("my_recuperation", _l("疗休养"), "suitcase", "own_benefits"),
        MenuItem("recuperation", _l("疗休养"), "suitcase", "welfare", CONSOLE_ROLES, also=_CONSOLE_PAGES),
    ),
    news={
        "trip_place_changed": NewsKind(
            _l("疗休养报名有变化"),
            "suitcase",
            "my_recuperation",
            shade=_what_became,
            notice=NoticeText(_l("请在“疗休养”里查看详情。")),
        ),
    },
    reactions=(Reaction(TripPlaceChanged, projections.note_place),),
    help=Help(
        _l("疗休养"),
        _l("组织会员疗休养：定线路和批次，会员报名，名额不够时公开抽签。"),
        (
            _l("校工会设定线路、批次和名额。"),
            _l("会员在报名期内选择行程，条件由系统按标准核对。"),
            _l("报名超过名额的抽签决定，任何人都可以复算。"),
        ),
    ),
    templates=Path(__file__).parent / "templates",
)
