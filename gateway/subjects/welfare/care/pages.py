"""What is due this month by kind, giving out a kind at once, children's day, withdrawing one gift."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal import many
from gateway.portal.columns import Column, actions
from gateway.portal.formats import first_of_month, month_name, plain_day
from gateway.portal.forms import Field
from gateway.portal.list_pages import ListExport, ListPage, Shown
from gateway.portal.page_table import PageTable
from gateway.portal.people import names, only, unit_choices, unit_name
from gateway.portal.service_calls import act, part
from gateway.portal.words import words
from gateway.rpc.calls import call
from services.chassis.amounts import plain_amount
from services.chassis.clock import today
from services.chassis.errors import NotFound
from services.chassis.plain_text import whole_number
from services.contracts.welfare.birthdays import get_birthday_list
from services.contracts.welfare.care import (
    MOST_AT_ONCE,
    care_figures,
    draw_up_children_day,
    give_care_gifts,
    list_care_gifts,
    withdraw_care_gift,
)
from services.contracts.welfare.care_words import CARE_KINDS

PAGES = PageTable()
_JUNE = 6


def _month() -> dict[str, Any]:
    """Return the month asked for, else the present one."""
    year, month = (request.values.get(name, type=whole_number) for name in ("year", "month"))
    if year and month and 2000 <= year <= 2100 and 1 <= month <= 12:
        return {"year": year, "month": month}
    return {"year": today().year, "month": today().month}


def _stand(shown: Shown) -> dict[str, Any]:
    """Return how each kind stands in the month, birthdays among them, and the months before and after it."""
    month = _month()
    others: dict[str, Any] = {name: value for name, value in shown.values.items() if name not in month}
    return {
        **month,
        "lead": gettext("%(year)s 年 %(month)s", year=month["year"], month=month_name(month["month"])),
        "kinds": part(care_figures, month),
        "birthdays": part(get_birthday_list, month),
        "children_day": month == {"year": today().year, "month": _JUNE},
        "before": url_for("portal.care", **_moved(month, -1), **others),
        "after": url_for("portal.care", **_moved(month, 1), **others),
    }


def _moved(month: Mapping[str, int], by: int) -> dict[str, Any]:
    first = first_of_month(month["year"], month["month"], by)
    return {"year": first.year, "month": first.month}


GIFTS = PAGES.add_list(
    ListPage(
        "care", "/console/care", list_care_gifts, _l("定时关怀"),
        columns=(
            "member_id", "unit_id", "kind", "due_on", Column("amount", macro="gift"), Column("form", on_page=False),
            Column("given_on", on_page=False), Column("claim_state", macro="claim"), Column("state", state=True),
            actions("withdraw"),
        ),
        roles=("officer", "auditor"),
        filters=(
            Field("year", control="hidden"), Field("month", control="hidden"), "kind",
            Field("unit_id", choices=unit_choices), "state",
        ),
        empty=_l("本月名单上没有符合条件的会员。"),
        icon="gift",
        complete=lambda values: {**values, **{name: str(value) for name, value in _month().items()}},
        more=_stand,
        template="portal/console/care.html",
        macros="portal/parts/care.html",
        export=ListExport(),
    )
)  # fmt: skip


def _here() -> str:
    return url_for("portal.care", **_month())


def _kind() -> str:
    kind = request.values.get("kind", "")
    if kind not in CARE_KINDS:
        raise NotFound("There is no such kind of gift.")
    return kind


@PAGES.post("/console/care/children-day")
@only("officer")
def draw_up_children() -> Response:
    """Put the gifts of this year's children's day on the list; again adds only what is new."""
    return act(
        draw_up_children_day,
        {"year": today().year},
        done=lambda drawn: gettext("新增 %(added)s 份，名单上共 %(listed)s 份。", **drawn),
        then=url_for("portal.care", year=today().year, month=_JUNE),
    )


@PAGES.get("/console/care/give")
@only("officer")
def confirm_giving() -> str:
    """Ask whether the month's gifts of a kind are to be given out."""
    month, kind = _month(), _kind()
    figures = next(one for one in call(care_figures, month)["items"] if one["kind"] == kind)
    items, _ = many.first_of(list_care_gifts, {**month, "kind": kind, "state": "due"})
    people = names(items, "member_id")
    rows = [
        (people.get(item["member_id"], ""), f"{unit_name(item['unit_id'])} · {plain_day(item['due_on'])}")
        for item in items
    ]
    told = gettext("将登记发放 %(count)s 份。", count=f"{min(figures['due'], MOST_AT_ONCE):,}")
    return many.asked_again(
        many.Concerned(figures["due"], rows),
        title=gettext("发放%(kind)s", kind=words(kind, "care_kind")),
        told=told,
        chosen=gettext(
            "%(year)s 年 %(month)s待发放和未予入账的，每件一份，并报工会经费入账；一次最多 %(most)s 份。",
            year=month["year"], month=month_name(month["month"]), most=f"{MOST_AT_ONCE:,}",
        ),
        button=gettext("确认发放"),
        action=url_for("portal.give_care"),
        back=_here(),
        kept={**month, "kind": kind},
        template="portal/console/give_care.html",
        summary=figures,
    )  # fmt: skip


@PAGES.post("/console/care/give")
@only("officer")
def give_care() -> Response:
    """Give out a month's gifts of a kind, if they are as many as were seen."""
    payload = {
        **_month(),
        "kind": _kind(),
        "amount": plain_amount(request.form.get("amount", "")).strip(),
        "form": request.form.get("form", ""),
        "expected": many.seen(),
    }
    return act(
        give_care_gifts,
        payload,
        done=lambda reply: gettext("已登记发放 %(given)s 份，还有 %(due)s 份待发放。", **reply),
        then=_here(),
    )


@PAGES.post("/console/care/<uuid:gift_id>/withdraw")
@only("officer")
def withdraw_care(gift_id: UUID) -> Response:
    """Take a gift off the list before it was given."""
    payload = {"gift_id": str(gift_id), "reason": request.form.get("reason", "").strip()}
    return act(withdraw_care_gift, payload, done=gettext("已从名单撤下。"), then=_here())
