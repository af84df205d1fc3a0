"""One campaign in the console: packages, slots, opening and closing, the lists, coverage, reminders."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.identity.current import current_principal
from gateway.portal import many
from gateway.portal.columns import Column, actions
from gateway.portal.forms import Field, Form
from gateway.portal.list_pages import ListExport, ListPage, Shown
from gateway.portal.messages import say_rule
from gateway.portal.page_table import PageTable
from gateway.portal.people import CONSOLE_ROLES, OFFICE_ROLES, names, only, unit_choices, unit_name
from gateway.portal.service_calls import act, go, part, submit
from gateway.portal.steps import steps_of
from gateway.rpc.calls import call
from gateway.subjects.welfare.examinations import pictures
from services.chassis.plain_text import whole_number
from services.chassis.schema import Operation
from services.contracts.welfare.examinations import operations as contract
from services.contracts.welfare.examinations.requests import AddExaminationPackage, AddExaminationSlot
from services.contracts.welfare.examinations.vocabulary import EXAMINATION_STATES

PAGES = PageTable()

PACKAGE = ("name", Field("sex", blank=_l("不限")), "age_from", "age_to", "price")
_STAGES = EXAMINATION_STATES.only("draft", "listing", "open", "closed")


def slot_fields(hospitals: dict[str, str]) -> list[Field | str]:
    """Return the fields of a new slot, with the hospitals in use."""
    note = Field("note", hint=_l("例如：请空腹，从东门进。"))
    return [Field("hospital_id", control="select", choices=hospitals), "starts_at", "ends_at", "capacity", note]


def _of_campaign(shown: Shown) -> dict[str, Any]:
    above = url_for("portal.examination", examination_id=shown.about["id"])
    return {"back": (above, shown.about["title"])}


PAGES.add_list(
    ListPage(
        "examinees", "/console/examinations/<uuid:examination_id>/people", contract.list_examinees, _l("体检名单"),
        columns=("member_id", "unit_id", "package", "hospital", "starts_at", Column("reminded", on_page=False),
                 Column("state", state=True), actions("of_examinee")),
        roles=tuple(OFFICE_ROLES),
        filters=("state", Field("unit_id", choices=unit_choices)),
        empty=_l("名单上没有符合条件的会员。"),
        icon="card-checklist",
        about=contract.get_examination,
        more=_of_campaign,
        macros="portal/parts/examinations.html",
        export=ListExport(),
    )
)  # fmt: skip

PAGES.add_list(
    ListPage(
        "not_eligible", "/console/examinations/<uuid:examination_id>/not-eligible", contract.list_not_eligible,
        _l("不在体检名单上的会员"),
        columns=("member_id", Column("why", _l("原因"), value=lambda one: say_rule(one["reason"], one["params"])),
                 Column("", _l("判定依据"), macro="basis", in_file=False)),
        roles=tuple(OFFICE_ROLES),
        empty=_l("所有会员都在名单上。"),
        icon="card-checklist",
        about=contract.get_examination,
        more=_of_campaign,
        macros="portal/parts/examinations.html",
        export=ListExport(),
    )
)  # fmt: skip

PAGES.add_list(
    ListPage(
        "unbooked", "/console/examinations/<uuid:examination_id>/unbooked", contract.list_unbooked_examinees,
        _l("未预约的会员"),
        columns=("member_id", "unit_id", "reminded", actions("of_unbooked")),
        roles=tuple(CONSOLE_ROLES),
        filters=(Field("unit_id", control="hidden"),),
        empty=_l("没有未预约的会员。"),
        icon="check-circle",
        about=contract.get_examination,
        more=_of_campaign,
        template="portal/console/examination_unbooked.html",
        macros="portal/parts/examinations.html",
        export=ListExport(),
    )
)  # fmt: skip


def _covered(shown: Shown) -> dict[str, Any]:
    """Return the figures of all units in sight and their pictures, and the way back."""
    covered = part(contract.examination_coverage, _payload(shown.about["id"]))
    figures = covered.data or {"units": []}
    return {
        **_of_campaign(shown),
        "covered": covered,
        "ring": pictures.ring(figures) if covered.data else None,
        "by_unit": pictures.by_unit(shown.about["id"], figures["units"]),
    }


PAGES.add_list(
    ListPage(
        "examination_coverage", "/console/examinations/<uuid:examination_id>/coverage", contract.list_unit_coverage,
        _l("覆盖率"),
        columns=("unit_id", "eligible", "attended", "booked", "no_show", Column("unbooked", macro="of_unit_unbooked"),
                 Column("percent", _l("覆盖率（%）"))),
        roles=tuple(CONSOLE_ROLES),
        filters=(Field("unit_id", choices=unit_choices),),
        empty=_l("名单上还没有会员。"),
        icon="card-checklist",
        about=contract.get_examination,
        more=_covered,
        template="portal/console/examination_coverage.html",
        macros="portal/parts/examinations.html",
        export=ListExport(personal=False),
    )
)  # fmt: skip


@PAGES.get("/console/examinations/<uuid:examination_id>")
@only(*CONSOLE_ROLES)
def examination(examination_id: UUID) -> str:
    """Show a campaign with what may be done with it."""
    return _page(examination_id)


def _page(examination_id: UUID, *, package: Form | None = None, slot: Form | None = None) -> str:
    found = call(contract.get_examination, {"examination_id": str(examination_id)})
    covered = part(contract.examination_coverage, {"examination_id": str(examination_id)})
    return render_template(
        "portal/console/examination.html",
        examination=found,
        covered=covered,
        ring=pictures.ring(covered.data) if covered.data and covered.data["eligible"] else None,
        way=steps_of(_STAGES, found["state"], EXAMINATION_STATES),
        package_form=package or Form(AddExaminationPackage, PACKAGE, values={"age_from": 0, "age_to": 120}),
        slot_form=slot or Form(AddExaminationSlot, slot_fields(_hospitals())),
        hospitals={one["hospital_id"]: one["hospital"] for one in found["slots"]},
    )


def _hospitals() -> dict[str, str]:
    """Return the hospitals in use; none to a reader who may not add slots."""
    if not current_principal().has("officer"):
        return {}
    found = part(contract.list_examination_hospitals, {"in_use": True, "limit": 100})
    return {one["id"]: one["name"] for one in found.items}


@PAGES.post("/console/examinations/<uuid:examination_id>/packages")
@only("officer")
def add_examination_package(examination_id: UUID) -> Response | tuple[str, int]:
    """Add a package."""
    form = Form(AddExaminationPackage, PACKAGE, posted=request.form)
    if submit(form, contract.add_examination_package, examination_id=str(examination_id)) is None:
        return _page(examination_id, package=form), 422
    flash(gettext("套餐已添加。"), "done")
    return go(_here(examination_id))


@PAGES.post("/console/examinations/<uuid:examination_id>/slots")
@only("officer")
def add_examination_slot(examination_id: UUID) -> Response | tuple[str, int]:
    """Add a slot."""
    form = Form(AddExaminationSlot, slot_fields(_hospitals()), posted=request.form)
    if submit(form, contract.add_examination_slot, examination_id=str(examination_id)) is None:
        return _page(examination_id, slot=form), 422
    flash(gettext("时段已添加。"), "done")
    return go(_here(examination_id))


@PAGES.post("/console/examinations/<uuid:examination_id>/slots/<uuid:slot_id>/capacity")
@only("officer")
def set_slot_capacity(examination_id: UUID, slot_id: UUID) -> Response:
    """Set how many places a slot has."""
    payload = {"slot_id": str(slot_id), "capacity": request.form.get("capacity", type=whole_number)}
    return act(contract.set_slot_capacity, payload, done=gettext("名额已调整。"), then=_here(examination_id))


def _act(operation: Operation, examination_id: UUID, done: str) -> Response:
    return act(operation, _payload(examination_id), done=done, then=_here(examination_id))


@PAGES.post("/console/examinations/<uuid:examination_id>/open")
@only("officer")
def open_examination(examination_id: UUID) -> Response:
    """Make the list and open booking, or bring the list up to date."""
    return _act(contract.open_examination, examination_id, gettext("正在生成名单，完成后开放预约并通知会员。"))


@PAGES.post("/console/examinations/<uuid:examination_id>/cancel")
@only("officer")
def cancel_examination(examination_id: UUID) -> Response:
    """Cancel a campaign in preparation."""
    return _act(contract.cancel_examination, examination_id, gettext("已取消。"))


@PAGES.post("/console/examinations/<uuid:examination_id>/close")
@only("officer")
def close_examination(examination_id: UUID) -> Response:
    """Close a campaign."""
    return _act(contract.close_examination, examination_id, gettext("体检已结束。"))


@PAGES.post("/console/examinations/<uuid:examination_id>/funding")
@only("officer")
def fund_examination_again(examination_id: UUID) -> Response:
    """Ask the funds once more for what they refused."""
    return _act(contract.fund_examination_again, examination_id, gettext("已重新申请，等待经费答复。"))


@PAGES.get("/console/examinations/<uuid:examination_id>/remind")
@only("officer", "chair")
def confirm_examination_reminder(examination_id: UUID) -> str:
    """Ask whether everybody without appointment is to be told."""
    unit_id = request.args.get("unit_id") or None
    asked = {**_payload(examination_id), **({"unit_id": unit_id} if unit_id else {})}
    covered = call(contract.examination_coverage, asked)
    first = call(contract.list_unbooked_examinees, {**asked, "limit": many.SHOWN})["items"]
    people = names(first, "member_id")
    rows = [(people.get(one["member_id"], ""), unit_name(one["unit_id"])) for one in first]
    return many.asked_again(
        many.Concerned(covered["unbooked"], rows),
        title=gettext("提醒预约体检"),
        told=gettext("将提醒 %(count)s 人。", count=f"{covered['unbooked']:,}"),
        chosen=gettext("没有预约、也没有到检的会员。每一轮每人只收到一次，重复提醒不会再发。"),
        button=gettext("确认提醒"),
        action=url_for("portal.remind_unbooked", examination_id=examination_id),
        back=url_for("portal.unbooked", examination_id=examination_id, unit_id=unit_id),
        kept={"unit_id": unit_id},
    )


@PAGES.post("/console/examinations/<uuid:examination_id>/remind")
@only("officer", "chair")
def remind_unbooked(examination_id: UUID) -> Response:
    """Tell everybody without appointment, if they are as many as were seen."""
    payload = {
        **_payload(examination_id),
        "unit_id": request.form.get("unit_id") or None,
        "expected": many.seen(),
    }

    def done(reply: Any) -> str:
        if not reply["members"]:
            return gettext("这一轮已经提醒过，没有再发。")
        return gettext("第 %(round)s 轮提醒，正在发给 %(members)s 人。", round=reply["round"], members=reply["members"])

    then = url_for("portal.unbooked", examination_id=examination_id, unit_id=payload["unit_id"])
    return act(contract.remind_unbooked, payload, done=done, then=then)


def _payload(examination_id: UUID | str) -> dict[str, Any]:
    return {"examination_id": str(examination_id)}


def _here(examination_id: UUID) -> str:
    return url_for("portal.examination", examination_id=examination_id)
