"""Gifts in the console: entering a unit's list, counting, confirming, the payroll office's list, receipts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import Any
from uuid import UUID

from flask import render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from gateway.portal.exporting import as_file, written
from gateway.portal.look_ups import found_members
from gateway.portal.messages import explain
from gateway.portal.page_table import PageTable
from gateway.portal.people import names, only, own_unit_choices, unit_name
from gateway.portal.service_calls import PASSED_ON, act, go, part, send, tell
from gateway.portal.uploads import file_response
from gateway.portal.words import words
from gateway.rpc.calls import call, names_of
from gateway.subjects.welfare.charity.gift_files import gift_file_page
from gateway.subjects.welfare.charity.pages import here
from services.chassis.amounts import plain_amount
from services.chassis.clock import today
from services.chassis.errors import Problem
from services.chassis.schema import Operation
from services.contracts.membership.record.operations import list_members
from services.contracts.welfare.charity import operations as contract

PAGES = PageTable()
ROWS = 8
"""Lines of the form; a longer list is entered in parts."""
ANONYMOUS = "anonymous"


@PAGES.get("/console/drives/<uuid:drive_id>/lists/<any(cash,goods):way>")
@only("officer", "chair")
def gift_list(drive_id: UUID, way: str) -> str:
    """Show the form of a unit's list."""
    return _list_page(drive_id, way, _unit(request.args.get("unit_id", "")))


@PAGES.post("/console/drives/<uuid:drive_id>/lists/<any(cash,goods):way>")
@only("officer", "chair")
def enter_list(drive_id: UUID, way: str) -> str | tuple[str, int]:
    """Enter a unit's list; duplicates are asked about first, codes of anonymous gifts are shown once."""
    unit_id = _unit(request.form.get("unit_id", ""))
    doubled = request.form.get("again")
    payload = {
        "drive_id": str(drive_id), "unit_id": unit_id, "way": way, "given_on": request.form.get("given_on", ""),
        "gifts": _lines(way), "again": doubled == "all", "only_new": doubled == "new",
    }  # fmt: skip
    page = _file_page if request.form.get("source") == "file" else _list_page
    try:
        entered = send(contract.enter_gifts, payload)
    except PASSED_ON:
        raise
    except Problem as problem:
        return page(drive_id, way, unit_id, problem=explain(problem)), 422
    if not entered["stored"]:
        return page(drive_id, way, unit_id, entered=entered)
    about = call(contract.get_drive, {"drive_id": str(drive_id)})
    return render_template(
        "portal/console/gifts_entered.html", drive=about, entered=entered, way=way, unit_id=unit_id,
        people=names(entered["gifts"], "member_id"),
    )  # fmt: skip


def _file_page(drive_id: UUID, way: str, unit_id: str, **more: Any) -> str:
    """Return the page of a list that came as a file, from what its form handed on."""
    rows = [{**row, "giver": "" if row["giver"] == ANONYMOUS else row["giver"]} for row in _filled()]
    people = names(rows, "giver")
    return gift_file_page(
        drive_id, way, unit_id, [{**row, "name": people.get(row["giver"], "")} for row in rows], **more
    )


def _list_page(drive_id: UUID, way: str, unit_id: str, **more: Any) -> str:
    q = request.values.get("q", "").strip()
    wanted = {"unit_id": unit_id, "standing": "active", "limit": 100}
    found = found_members(q, unit_id=unit_id) if q else part(list_members, wanted)
    entered: Mapping[str, Any] = more.get("entered") or {"duplicates": [], "repeated": []}
    rows, offered = _rows(), {None, "", ANONYMOUS, *(one["id"] for one in found.items)}
    elsewhere = {row["giver"] for row in rows if row.get("giver") not in offered}
    chosen = {one: gettext("会员") for one in elsewhere} | names_of(sorted(elsewhere))
    return render_template(
        "portal/console/gift_list.html",
        drive=call(contract.get_drive, {"drive_id": str(drive_id)}),
        way=way,
        unit_id=unit_id,
        units=own_unit_choices(),
        members=found.items,
        q=q,
        rows=rows,
        chosen=chosen,
        today=today().isoformat(),
        people=names([*entered["duplicates"], *({"member_id": one} for one in entered["repeated"])], "member_id"),
        entered=entered,
        problem=more.get("problem"),
        anonymous=ANONYMOUS,
    )


def _rows() -> list[dict[str, str]]:
    """Return what stands in the lines of the form, empty ones too."""
    filled = _filled()
    return [*filled, *({} for _ in range(ROWS - len(filled)))]


def _filled() -> list[dict[str, str]]:
    names_of_fields = ("giver", "amount", "goods", "quantity")
    columns = [request.form.getlist(name) for name in names_of_fields]
    return [dict(zip(names_of_fields, row, strict=True)) for row in zip_longest(*columns, fillvalue="")]


def _lines(way: str) -> list[dict[str, Any]]:
    """Return the lines that were filled in; a line without giver is left out when nothing else stands in it."""
    filled = [row for row in _rows() if any(value.strip() for value in row.values())]
    return [
        {
            "member_id": None if row["giver"] in ("", ANONYMOUS) else row["giver"],
            **(
                {"amount": plain_amount(row["amount"]).strip() or None}
                if way == "cash"
                else {"goods": row["goods"].strip() or None, "quantity": row["quantity"].strip() or None}
            ),
        }
        for row in filled
    ]


def _unit(asked: str) -> str:
    choices = own_unit_choices()
    return asked if asked in choices else next(iter(choices), "")


@PAGES.post("/console/drives/<uuid:drive_id>/count")
@only("officer", "chair", "auditor")
def count_cash(drive_id: UUID) -> Response:
    """Count a unit's cash."""
    payload = {
        "drive_id": str(drive_id),
        "unit_id": request.form.get("unit_id", ""),
        "counted": plain_amount(request.form.get("counted", "")).strip(),
    }

    def done(reply: Any) -> str:
        if reply["second_at"]:
            return gettext("两人清点一致，%(gifts)s 笔现金已确认。", gifts=reply["gifts"])
        return gettext("已记下。请另一人独立清点；两人都与清单一致才会确认，不一致请都重点。")

    return act(contract.count_cash, payload, done=done, then=here(drive_id))


@PAGES.post("/console/drives/<uuid:drive_id>/gifts/<uuid:gift_id>/confirm")
@only("officer")
def confirm_gift(drive_id: UUID, gift_id: UUID) -> Response:
    """Confirm a transfer or goods."""
    return act(contract.confirm_gift, {"gift_id": str(gift_id)}, done=gettext("已确认。"), then=here(drive_id))


@PAGES.post("/console/drives/<uuid:drive_id>/gifts/<uuid:gift_id>/withdraw")
@only("officer", "chair")
def withdraw_gift(drive_id: UUID, gift_id: UUID) -> Response:
    """Withdraw a line of a list."""
    payload = {"gift_id": str(gift_id), "reason": request.form.get("reason", "").strip() or None}
    return act(contract.withdraw_gift, payload, done=gettext("已撤回。"), then=here(drive_id))


@PAGES.post("/console/drives/<uuid:drive_id>/gifts/<uuid:gift_id>/receipt")
@only("officer")
def give_receipt(drive_id: UUID, gift_id: UUID) -> Response:
    """Record that a receipt was passed on."""
    payload = {
        "gift_id": str(gift_id),
        "receipt_number": request.form.get("receipt_number", "").strip(),
        "receipt_on": request.form.get("receipt_on", ""),
    }
    return act(contract.give_receipt, payload, done=gettext("票据已登记。"), then=here(drive_id))


@PAGES.post("/console/drives/<uuid:drive_id>/payroll-list")
@only("officer")
def payroll_list(drive_id: UUID) -> Response:
    """Hand out the list for the payroll office, for a purpose that is logged."""
    title = gettext("工资代扣名单")
    columns = [
        ("name", gettext("姓名")), ("unit", gettext("分工会")), ("amount", gettext("金额")),
        ("wording_version", gettext("同意书版本")), ("consented_at", gettext("同意时间")), ("note", gettext("说明")),
        ("gift_id", gettext("编号")),
    ]  # fmt: skip

    def rows(reply: Mapping[str, Any]) -> list[dict[str, Any]]:
        withdrawn = gettext("已撤回，请勿扣款")
        lines = [*((one, "") for one in reply["items"]), *((one, withdrawn) for one in reply["withdrawn"])]
        people = names([one for one, _ in lines], "member_id")
        return [
            {**one, "name": people.get(one["member_id"], ""), "unit": unit_name(one["unit_id"]), "note": note}
            for one, note in lines
        ]

    return _download(contract.read_payroll_list, drive_id, title, columns, rows)


@PAGES.post("/console/drives/<uuid:drive_id>/payroll-list/confirm")
@only("officer")
def confirm_payroll(drive_id: UUID) -> Response:
    """Confirm what the payroll office deducted."""
    payload = {
        "drive_id": str(drive_id),
        "deducted_on": request.form.get("deducted_on", ""),
        "missing": request.form.get("missing", "").split(),
    }
    return act(contract.confirm_payroll, payload, done=gettext("工资代扣已确认。"), then=here(drive_id))


@PAGES.post("/console/drives/<uuid:drive_id>/receipt-list")
@only("officer")
def receipt_list(drive_id: UUID) -> Response:
    """Hand out the receipts asked for, for a purpose that is logged."""
    columns = [
        ("receipt_title", gettext("票据抬头")), ("way", gettext("捐赠方式")), ("amount", gettext("金额")),
        ("goods", gettext("物品")), ("given_on", gettext("捐赠日期")), ("gift_id", gettext("编号")),
    ]  # fmt: skip

    def rows(reply: Mapping[str, Any]) -> list[dict[str, Any]]:
        return [{**one, "way": str(words(one["way"], "gift_way"))} for one in reply["items"]]

    return _download(contract.read_receipt_list, drive_id, gettext("票据需求名单"), columns, rows)


def _download(
    operation: Operation, drive_id: UUID, title: str, columns: Sequence[tuple[str, Any]], rows: Any
) -> Response:
    payload = {"drive_id": str(drive_id), "purpose": request.form.get("purpose", "").strip()}
    try:
        reply = send(operation, payload)
    except PASSED_ON:
        raise
    except Problem as problem:
        tell(problem)
        return go(here(drive_id))
    return file_response(as_file(title, "xlsx", written(list(columns), rows(reply), "xlsx")))
