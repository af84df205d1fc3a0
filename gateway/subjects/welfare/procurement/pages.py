"""The register of suppliers, the union's own invoice title, and the list of purchases."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.columns import Column
from gateway.portal.form_pages import form_page
from gateway.portal.forms import Field, Form
from gateway.portal.list_pages import ListExport, ListPage, PageLink
from gateway.portal.page_table import PageTable
from gateway.portal.people import CONSOLE_ROLES, OFFICE_ROLES, only, unit_choices
from gateway.portal.service_calls import act, go, part, submit
from gateway.rpc.calls import call
from services.chassis.plain_text import whole_number
from services.contracts.welfare.procurement import operations as contract
from services.contracts.welfare.procurement.requests import AddSupplier, ChangeSupplier, SetInvoiceTitle

PAGES = PageTable()
_OFFICER = frozenset({"officer"})
TERMS = (
    Field("name", wide=True), "contact", "phone",
    Field("note", control="textarea", hint=_l("例如主营商品、送货范围。")),
)  # fmt: skip


def blocked_words(item: Mapping[str, Any]) -> str:
    """Return whether a supplier can sell."""
    return gettext("已停用") if item["blocked"] else gettext("可用")


PAGES.add_list(
    ListPage(
        "purchases", "/console/purchases", contract.list_purchases, _l("采购"),
        columns=("title", Column("number", optional=True), "kind", "source_type", "unit_id",
                 Column("supplier", optional=True), "amount", "raised_on", Column("state", state=True)),
        roles=tuple(CONSOLE_ROLES),
        filters=(Field("q", hint=_l("采购内容、编号或供应商")), "state", "kind", "source_type",
                 Field("unit_id", choices=unit_choices)),
        lead=_l("从需求、询价、决定、合同、验收、发票到付款，每一步都有人、有日期、有文件。"),
        empty=_l("还没有采购。"),
        icon="box-seam",
        link="purchase",
        argument="purchase_id",
        links=(
            PageLink("new_purchase", _l("提出需求"), "plus-lg", frozenset({"officer", "chair"}), first=True),
            PageLink("suppliers", _l("供应商"), "shop", OFFICE_ROLES),
            PageLink("invoice_title", _l("开票信息"), "receipt", _OFFICER),
        ),
        topics=("procurement",),
        export=ListExport(),
    )
)  # fmt: skip

PAGES.add_list(
    ListPage(
        "suppliers", "/console/suppliers", contract.list_suppliers, _l("供应商"),
        columns=("name", "credit_code", Column("note", optional=True, wide=True),
                 Column("blocked", _l("状态"), value=blocked_words)),
        roles=tuple(OFFICE_ROLES),
        filters=(Field("q", hint=_l("名称或信用代码")),
                 Field("blocked", control="select", blank=_l("全部"),
                       choices={"true": _l("已停用"), "false": _l("可用")})),
        empty=_l("还没有供应商。"),
        icon="shop",
        link="supplier",
        argument="supplier_id",
        back=("purchases", _l("采购")),
        links=(PageLink("new_supplier", _l("登记供应商"), "plus-lg", _OFFICER, first=True),),
        export=ListExport(),
    )
)  # fmt: skip


@PAGES.route("/console/suppliers/new", methods=["GET", "POST"])
@only("officer")
def new_supplier() -> str | Response | tuple[str, int]:
    """Enter a supplier."""
    posted = request.form if request.method == "POST" else None
    code = Field("credit_code", hint=_l("18 位，照营业执照填写。"))
    form = Form(AddSupplier, (TERMS[0], code, *TERMS[1:]), posted=posted)
    made = submit(form, contract.add_supplier) if posted is not None else None
    if made is None:
        return form_page(form, title=gettext("登记供应商"), back=url_for("portal.suppliers"), words=gettext("供应商"))
    flash(gettext("供应商已登记。"), "done")
    return go(url_for("portal.supplier", supplier_id=made["id"]))


@PAGES.get("/console/suppliers/<uuid:supplier_id>")
@only(*OFFICE_ROLES)
def supplier(supplier_id: UUID) -> str:
    """Show a supplier with its purchases and changes."""
    return _supplier_page(supplier_id)


def _supplier_page(supplier_id: UUID, form: Form | None = None) -> str:
    found = call(contract.get_supplier, {"supplier_id": str(supplier_id)})
    bought = part(contract.list_purchases, {"supplier_id": str(supplier_id), "limit": 20})
    form = form or Form(ChangeSupplier, TERMS, values=found)
    return render_template("portal/console/supplier.html", supplier=found, bought=bought, form=form)


@PAGES.post("/console/suppliers/<uuid:supplier_id>")
@only("officer")
def change_supplier(supplier_id: UUID) -> Response | tuple[str, int]:
    """Change what is known of a supplier."""
    form = Form(ChangeSupplier, TERMS, posted=request.form)
    version = request.form.get("version", type=whole_number)
    if submit(form, contract.change_supplier, supplier_id=str(supplier_id), version=version) is None:
        return _supplier_page(supplier_id, form), 422
    flash(gettext("已保存。"), "done")
    return go(url_for("portal.supplier", supplier_id=supplier_id))


@PAGES.post("/console/suppliers/<uuid:supplier_id>/<any(block,admit):what>")
@only("officer")
def block_supplier(supplier_id: UUID, what: str) -> Response:
    """Block a supplier, or admit it again."""
    operation = contract.block_supplier if what == "block" else contract.admit_supplier
    payload = {"supplier_id": str(supplier_id), "reason": request.form.get("reason", "").strip()}
    done = gettext("供应商已停用。") if what == "block" else gettext("供应商已恢复。")
    return act(operation, payload, done=done, then=url_for("portal.supplier", supplier_id=supplier_id))


@PAGES.route("/console/invoice-title", methods=["GET", "POST"])
@only("officer")
def invoice_title() -> str | Response | tuple[str, int]:
    """Show and set what invoices to the union bear."""
    posted = request.form if request.method == "POST" else None
    fields = (Field("name", wide=True, hint=_l("照银行开户和税务登记的全称填写。")), "tax_number")
    form = Form(SetInvoiceTitle, fields, values=call(contract.get_invoice_title, {}), posted=posted)
    if posted is None or submit(form, contract.set_invoice_title) is None:
        return form_page(
            form, title=gettext("开票信息"), back=url_for("portal.purchases"), words=gettext("采购"),
            lead=gettext("供应商照此开票；登记发票时会核对名称和税号。"),
        )  # fmt: skip
    flash(gettext("开票信息已设定。"), "done")
    return go(url_for("portal.purchases"))
