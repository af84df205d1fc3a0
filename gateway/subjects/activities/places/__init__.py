"""Places of the union: hours, slots, bookings, blocks, arrival by the code at the place, figures of use."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from gateway.code_kind import CodeKind
from gateway.help import Help
from gateway.search_kind import SearchKind
from gateway.subject import MenuItem, NewsKind, NoticeText, Reaction, Subject
from gateway.subjects.activities.places import (
    api,
    block_pages,
    booking_pages,
    code_pages,
    finding,
    member_pages,
    pages,
    projections,
    rule_messages,
)
from services.contracts.activities.places.codes import read_place_code
from services.contracts.activities.places.events import (
    PlaceAbsenceExcused,
    PlaceBooked,
    PlaceBookingCancelled,
    PlaceBookingMissed,
)

_CONSOLE = ("new_place", "edit_place", "console_place", "block_place", "place_bookings", "place_use")
_CAUSES = {
    "by_officer": _l("校工会取消了您的场地预约，请看原因"),
    "blocked": _l("场地封闭，您的预约取消了，请看原因"),
    "no_member": _l("您的场地预约因会籍变化取消"),
    "not_reached": _l("候补的场地时段没有轮到您"),
}


def _why(params: Mapping[str, Any]) -> str | None:
    words = _CAUSES.get(str(params.get("cause")))
    return str(words) if words else None


def _missed(params: Mapping[str, Any]) -> str | None:
    until = params.get("until")
    return gettext("您有一次场地预约没有到场，%(until)s 之前不能再预约", until=until) if until else None


SUBJECT = Subject(
    "places",
    __doc__,
    rules=rule_messages.RULES,
    input_errors=rule_messages.INPUT_ERRORS,
    routes=api.ROUTES,
    pages=(pages.PAGES, block_pages.PAGES, booking_pages.PAGES, code_pages.PAGES, member_pages.PAGES),
    menu=(
        MenuItem(
            "console_places", _l("场地"), "geo-alt", "activities", frozenset({"officer", "auditor"}), also=_CONSOLE
        ),
        MenuItem("places", _l("场地预约"), "geo-alt", "own_benefits", also=("place", "my_place_bookings")),
    ),
    news={
        "place_booked": NewsKind(
            _l("候补的场地轮到您了"),
            "geo-alt",
            "my_place_bookings",
            notice=NoticeText(_l("请按时到场签到；不能来请尽早取消，让给别人。")),
        ),
        "place_booking_cancelled": NewsKind(
            _l("场地预约取消了"),
            "geo-alt",
            "my_place_bookings",
            shade=_why,
            notice=NoticeText(_l("请在“我的场地预约”里查看原因，另约时段。")),
        ),
        "place_booking_missed": NewsKind(
            _l("您有一次场地预约没有到场"),
            "geo-alt",
            "my_place_bookings",
            shade=_missed,
            notice=NoticeText(_l("多次不到场会暂停预约；如果记录有误，请联系校工会更正。")),
        ),
        "place_absence_excused": NewsKind(
            _l("未到场的记录已更正"),
            "geo-alt",
            "my_place_bookings",
            notice=NoticeText(_l("校工会已把您的一次场地预约更正为到场。")),
        ),
    },
    reactions=(
        Reaction(PlaceBooked, projections.on_booked),
        Reaction(PlaceBookingCancelled, projections.on_cancelled),
        Reaction(PlaceBookingMissed, projections.on_missed),
        Reaction(PlaceAbsenceExcused, projections.on_excused),
    ),
    search=(SearchKind("place", _l("场地"), "geo-alt", "/places/{id}", finding.shown, find=finding.find),),
    codes=(
        CodeKind(
            "place",
            _l("场地签到码"),
            read_place_code,
            "/places/{}",
            member_pages.page_of_code,
            titles={"good": _l("可以签到"), "ended": _l("场地已停用")},
        ),
    ),
    help=Help(
        _l("场地预约"),
        _l("教工之家、球场和活动室，会员在手机上按时段预约，到场扫码签到。"),
        (
            _l("校工会新增场地：开放时间、时段长度、同时可约几份、面向谁；打印签到码张贴在现场。"),
            _l("会员选一个时段预约；约满了可以候补，有人取消会自动轮到。"),
            _l("开始前后扫现场的码签到；没有签到记为未到场，次数多了暂停预约，次数和天数在“制度标准”里设定。"),
            _l("检修时封闭场地：先看到会取消几个预约，再确认；会员会收到消息。"),
        ),
    ),
    templates=Path(__file__).parent / "templates",
)
