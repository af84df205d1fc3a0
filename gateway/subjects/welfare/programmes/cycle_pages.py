"""One cycle: packages, slots, the list with its exclusions, approval, paper lists, reconciliation."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.identity.current import current_principal
from gateway.portal.columns import Column
from gateway.portal.forms import Field, Form
from gateway.portal.list_pages import ListExport, ListPage, Shown
from gateway.portal.page_table import PageTable
from gateway.portal.people import CONSOLE_ROLES, OFFICE_ROLES, only, unit_choices
from gateway.portal.service_calls import PASSED_ON, act, go, part, send, submit, tell
from gateway.portal.steps import steps_of
from gateway.rpc.calls import call
from gateway.subjects.welfare.programmes.wording import check_words, refusal_words, why_excluded
from services.chassis.errors import Problem
from services.chassis.plain_text import whole_number
from services.contracts.welfare.payment_operations import get_money_of_source
from services.contracts.welfare.programmes import operations as contract
from services.contracts.welfare.programmes.requests import MOST_LINES, AddPackage, AddSlot
from services.contracts.welfare.programmes.vocabulary import CYCLE_STAGES, CYCLE_STATES

PAGES = PageTable()

PACKAGE = (
    "name", "price", Field("paired_aid", hint=_l("来自对口支援地区的部分。")), "stock",
    Field("contents", control="textarea"), "is_default",
)  # fmt: skip
SLOT = ("point", "capacity", "starts_at", "ends_at")
_RANGE = re.compile(r"\A(\d{1,7})(?:[-－~～](\d{1,7}))?\Z")


def _of_cycle(shown: Shown) -> dict[str, Any]:
    return {"back": (_here(shown.about["id"]), shown.about["title"])}


PAGES.add_list(
    ListPage(
        "goods_list", "/console/cycles/<uuid:cycle_id>/goods", contract.list_goods_entitlements, _l("名单"),
        columns=("number", "member_id", "unit_id", "package", "slot", Column("method", optional=True),
                 Column("collected_at", optional=True), Column("state", state=True),
                 Column("signature", _l("签名"), value=lambda item: "", on_page=False)),
        roles=tuple(CONSOLE_ROLES),
        filters=("state", Field("unit_id", choices=unit_choices)),
        lead=_l("打印或导出后可以当纸质签收表，领取后按序号登记。"),
        empty=_l("名单上没有符合条件的会员。"),
        icon="card-checklist",
        export=ListExport(personal=True),
        about=contract.get_cycle,
        more=_of_cycle,
    )
)  # fmt: skip

PAGES.add_list(
    ListPage(
        "exclusions", "/console/cycles/<uuid:cycle_id>/exclusions", contract.list_exclusions, _l("不在名单上的会员"),
        columns=("member_id", Column("why", _l("原因"), value=why_excluded), Column("", _l("判定依据"), macro="basis",
                                                                                  in_file=False)),
        roles=tuple(OFFICE_ROLES),
        lead=_l("每一位都写明不符合的规则，可以打开看判定依据。"),
        empty=_l("所有会员都在名单上。"),
        icon="card-checklist",
        export=ListExport(personal=True),
        macros="portal/parts/programmes.html",
        about=contract.get_cycle,
        more=_of_cycle,
    )
)  # fmt: skip


@PAGES.get("/console/cycles/<uuid:cycle_id>")
@only(*CONSOLE_ROLES)
def cycle(cycle_id: UUID) -> str:
    """Show a cycle with what may be done with it."""
    return _page(cycle_id)


def _page(cycle_id: UUID, *, package: Form | None = None, slot: Form | None = None, sheet: Any = None) -> str:
    found = call(contract.get_cycle, {"cycle_id": str(cycle_id)})
    return render_template(
        "portal/console/cycle.html",
        cycle=found,
        way=steps_of(CYCLE_STAGES, found["state"], CYCLE_STATES),
        checks=[{**check, "words": check_words(check)} for check in found["checks"]],
        package_form=package or Form(AddPackage, PACKAGE, values={"price": found["price"], "paired_aid": "0.00"}),
        slot_form=slot or Form(AddSlot, SLOT),
        sheet=sheet,
        money=_money(found),
    )


def _money(found: dict[str, Any]) -> Any:
    """Return what the cycle reserved, to who may read it; None before it is approved."""
    reads = current_principal().has(*OFFICE_ROLES) and found["state"] not in ("draft", "computed", "cancelled")
    return part(get_money_of_source, {"source_type": "goods", "source_id": found["id"]}) if reads else None


@PAGES.post("/console/cycles/<uuid:cycle_id>/packages")
@only("officer")
def add_package(cycle_id: UUID) -> Response | tuple[str, int]:
    """Add a package."""
    form = Form(AddPackage, PACKAGE, posted=request.form)
    if submit(form, contract.add_package, cycle_id=str(cycle_id)) is None:
        return _page(cycle_id, package=form), 422
    flash(gettext("礼包已添加。"), "done")
    return go(_here(cycle_id))


@PAGES.post("/console/cycles/<uuid:cycle_id>/packages/<uuid:package_id>/stock")
@only("officer")
def set_stock(cycle_id: UUID, package_id: UUID) -> Response:
    """Set how many of a package there are."""
    payload = {"package_id": str(package_id), "stock": request.form.get("stock", type=whole_number)}
    return act(contract.set_package_stock, payload, done=gettext("数量已调整。"), then=_here(cycle_id))


@PAGES.post("/console/cycles/<uuid:cycle_id>/slots")
@only("officer")
def add_slot(cycle_id: UUID) -> Response | tuple[str, int]:
    """Add a slot."""
    form = Form(AddSlot, SLOT, posted=request.form)
    if submit(form, contract.add_pick_up_slot, cycle_id=str(cycle_id)) is None:
        return _page(cycle_id, slot=form), 422
    flash(gettext("领取时段已添加。"), "done")
    return go(_here(cycle_id))


@PAGES.post("/console/cycles/<uuid:cycle_id>/compute")
@only("officer")
def compute_goods(cycle_id: UUID) -> Response:
    """Compute the list."""
    done = gettext("开始生成名单，进度显示在本页。")
    return act(contract.compute_cycle, {"cycle_id": str(cycle_id)}, done=done, then=_here(cycle_id))


@PAGES.post("/console/cycles/<uuid:cycle_id>/approve")
@only("officer")
def approve_goods(cycle_id: UUID) -> Response:
    """Approve for the number of members that was shown."""
    payload = {"cycle_id": str(cycle_id), "entitled": request.form.get("entitled", type=whole_number)}
    return act(contract.approve_cycle, payload, done=gettext("已批准，正在通知会员。"), then=_here(cycle_id))


@PAGES.post("/console/cycles/<uuid:cycle_id>/cancel")
@only("officer")
def cancel_goods(cycle_id: UUID) -> Response:
    """Cancel a cycle that is not approved."""
    payload = {"cycle_id": str(cycle_id), "reason": request.form.get("reason", "").strip()}
    return act(contract.cancel_cycle, payload, done=gettext("已取消。"), then=_here(cycle_id))


@PAGES.post("/console/cycles/<uuid:cycle_id>/signed-list")
@only("officer", "chair")
def record_sheet(cycle_id: UUID) -> Response | str:
    """Record what was signed on paper, by the numbers of its lines."""
    lines = _numbers(request.form.get("numbers", ""))
    if not 0 < len(lines) <= MOST_LINES:
        flash(gettext("请填写序号，例如 1-20，25；一次最多 %(most)s 行。", most=MOST_LINES), "problem")
        return go(_here(cycle_id))
    payload = {"cycle_id": str(cycle_id), "sheet": request.form.get("sheet", "").strip()}
    try:
        found = send(contract.sync_signed_list, {**payload, "lines": [{"number": one} for one in lines]})
    except PASSED_ON:
        raise
    except Problem as problem:
        tell(problem)
        return go(_here(cycle_id))
    told = {
        name: [{"number": line["number"], "words": refusal_words(line)} for line in found[name]]
        for name in ("duplicates", "refused")
    }
    return _page(cycle_id, sheet={**told, "recorded": found["recorded"]})


def _reconciled(shown: Shown) -> dict[str, Any]:
    found = part(contract.reconcile_cycle, {"cycle_id": shown.about["id"]})
    return {**_of_cycle(shown), "found": found}


PAGES.add_list(
    ListPage(
        "reconciliation", "/console/cycles/<uuid:cycle_id>/reconciliation", contract.reconcile_packages, _l("核对"),
        columns=("name", "stock", "chosen", "assigned", "handed_out", "left", Column("agrees", macro="agreement")),
        roles=tuple(OFFICE_ROLES),
        filters=("q",),
        empty=_l("没有符合条件的礼包。"),
        icon="box-seam",
        about=contract.get_cycle,
        more=_reconciled,
        template="portal/console/reconciliation.html",
        macros="portal/parts/programmes.html",
        export=ListExport(personal=False, name="goods_reconciliation", title=_l("慰问品核对")),
    )
)  # fmt: skip


@PAGES.post("/console/cycles/<uuid:cycle_id>/claim-again")
@only("officer")
def claim_goods_again(cycle_id: UUID) -> Response:
    """Put claims that were refused again."""
    here = url_for("portal.reconciliation", cycle_id=cycle_id)
    done = gettext("已重新申报，等待经费入账。")
    return act(contract.claim_goods_again, {"cycle_id": str(cycle_id)}, done=done, then=here)


def _numbers(text: str) -> list[int]:
    """Return the numbers of a text like `1-20，25`, each once; none where it can't be read."""
    numbers: dict[int, None] = {}
    for piece in filter(None, re.split(r"[\s,，、;；]+", text.strip())):
        read = _RANGE.match(piece)
        if read is None:
            return []
        first = int(read[1])
        last = int(read[2] or first)
        if last - first >= MOST_LINES:
            return []
        numbers.update(dict.fromkeys(range(first, last + 1)))
    return list(numbers)


def _here(cycle_id: UUID) -> str:
    return url_for("portal.cycle", cycle_id=cycle_id)
