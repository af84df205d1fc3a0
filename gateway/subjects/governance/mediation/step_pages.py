"""Steps of a case that need more than a word: pages of one form each, from a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import flash, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.form_pages import Sought, form_page, sought_member
from gateway.portal.forms import Field, Form
from gateway.portal.page_table import PageTable
from gateway.portal.people import names, only
from gateway.portal.service_calls import go, part, submit
from gateway.rpc.calls import call
from services.chassis.clock import today
from services.chassis.errors import NotFound
from services.chassis.schema import Operation
from services.contracts.governance.mediation import operations as contract
from services.contracts.membership.organisation.operations import list_posts

PAGES = PageTable()
_LONG: dict[str, Any] = {"control": "textarea", "wide": True}
PAPER: tuple[Field | str, ...] = (
    "kind",
    Field("content", control="file", required=True,
          hint=_l("PDF、JPEG 或 PNG，不超过 10 MB；加密保存，文件名不保存。"),
          extra={"accept": "application/pdf,image/jpeg,image/png"}),
)  # fmt: skip
_ANSWER = Field("answer", _l("答复"), "radios", choices={"1": _l("同意"), "0": _l("不同意")}, required=True)

Case = Mapping[str, Any]
Fields = Sequence[Field | str]


@dataclass(frozen=True)
class Step:
    """A step with a form: its operation, title and fields, what is said when done, and whether a member is sought.

    `always`: the form stands there without a member too.
    """

    operation: Operation
    title: Any
    fields: Callable[[Case, Sought | None], Fields]
    done: Any
    seeks: bool = False
    always: bool = False
    lead: Any = None


def _parties(case: Case, side: str | None = None) -> dict[str, str]:
    return {one["id"]: one["name"] or "—" for one in case["parties"] if side in (None, one["side"])}


def _mediators(case: Case, _sought: Sought | None) -> Fields:
    posts = part(list_posts, {"kind": "mediator", "limit": 100}).items
    known = {one["member_id"] for one in case["mediators"]}
    ids = [post["member_id"] for post in posts if post["member_id"] not in known]
    found = names([{"member_id": one} for one in ids], "member_id")
    return (Field("mediator_id", choices={one: found.get(one, one) for one in ids}, control="select"),)


def _serving(case: Case, _sought: Sought | None) -> Fields:
    ids = [one["member_id"] for one in case["mediators"] if one["state"] in ("asked", "serving")]
    found = names([{"member_id": one} for one in ids], "member_id")
    choices = {one: found.get(one, one) for one in ids}
    return (Field("mediator_id", choices=choices, control="select"), "reason")


def _hearings(case: Case, _sought: Sought | None) -> Fields:
    held = {one["id"]: one["held_at"][:10] for one in case["hearings"]}
    return (
        Field("hearing_id", _l("调解会"), "select", choices=held), "attended", Field("notes", **_LONG),
    )  # fmt: skip


def _seen(sought: Sought | None) -> dict[str, str]:
    return sought.choices if sought else {}


STEPS: dict[str, Step] = {
    "party": Step(
        contract.add_dispute_party, _l("登记当事人"),
        lambda case, sought: ("side", "name", "contact",
                              Field("member_id", choices=_seen(sought), blank=_l("（没有账号）"), control="select")),
        _l("已登记。"), seeks=True, always=True,
    ),
    "link": Step(
        contract.link_dispute_party, _l("关联当事人账号"),
        lambda case, sought: (Field("party_id", _l("当事人"), "select", choices=_parties(case)),
                              Field("member_id", choices=_seen(sought), control="select")),
        _l("已关联，这名会员现在能看到案件并答复。"), seeks=True,
        lead=_l("当事人是部门的，关联代表部门参加的人。"),
    ),
    "representatives": Step(
        contract.choose_representatives, _l("登记推举的代表"),
        lambda case, sought: (Field("party_ids", control="checks", choices=_parties(case, "applicant")),),
        _l("已登记。"),
    ),
    "record_consent": Step(
        contract.record_consent, _l("登记书面意见"),
        lambda case, sought: (Field("party_id", _l("当事人"), "select", choices=_parties(case)), "about", _ANSWER,
        "note"),
        _l("已登记。"), lead=_l("先把书面意见上传为材料，再登记。"),
    ),
    "assign": Step(contract.assign_mediator, _l("指定调解员"), _mediators, _l("已征求，等待答复。"),
                   lead=_l("调解员答复没有利害关系后才能看到案件。")),
    "remove": Step(contract.remove_mediator, _l("更换调解员"), _serving, _l("已更换。")),
    "extension": Step(contract.propose_extension, _l("提出延长期限"), lambda case, sought: ("until",),
                      _l("已提出，双方都同意后生效。")),
    "hearing": Step(contract.schedule_hearing, _l("安排调解会"), lambda case, sought: ("held_at", "place"),
                    _l("已安排。")),
    "notes": Step(contract.record_hearing, _l("登记调解记录"), _hearings, _l("已登记。")),
    "draft": Step(
        contract.write_agreement, _l("拟定调解协议"),
        lambda case, sought: (Field("text", **_LONG), "perform_by"), _l("已拟定，请打印签名。"),
    ),
    "conclude": Step(
        contract.conclude_agreement, _l("登记签名盖章"),
        lambda case, sought: ("applicant_mark", "respondent_mark", "mediator_signed_on", "sealed_on"),
        _l("协议已生效。"), lead=_l("双方签名或盖章，调解员签名并加盖调解组织印章后生效。"),
    ),
}  # fmt: skip
"""Steps with forms by their names in the address."""


@PAGES.route("/console/disputes/<uuid:dispute_id>/<name>", methods=["GET", "POST"])
@only("officer", "mediator")
def dispute_step(dispute_id: UUID, name: str) -> str | Response | tuple[str, int]:
    """Fill in the form of a step."""
    step = STEPS.get(name)
    if step is None:
        raise NotFound("There is no such step.")
    case = call(contract.open_dispute, {"dispute_id": str(dispute_id)})
    sought = sought_member(optional=step.always) if step.seeks else None
    posted = request.form if request.method == "POST" else None
    form = Form(step.operation.request, step.fields(case, sought), values=_values(name, case), posted=posted)
    here = url_for("portal.dispute", dispute_id=dispute_id)
    if posted is not None:
        filled = form.payload()
        if "answer" in filled:
            filled["answer"] = filled["answer"] == "1"
        if submit(form, step.operation, filled=filled, dispute_id=str(dispute_id)) is not None:
            flash(str(step.done), "done")
            return go(here)
    lead = str(step.lead) if step.lead else None
    return form_page(form, title=str(step.title), back=here, words=gettext("调解案件"), lead=lead, sought=sought)


def _values(name: str, case: Case) -> dict[str, Any]:
    if name == "draft" and case["agreement"]:
        return {one: case["agreement"][one] for one in ("text", "perform_by")}
    if name == "conclude":
        day = today().isoformat()
        return {"mediator_signed_on": day, "sealed_on": day}
    return {}
