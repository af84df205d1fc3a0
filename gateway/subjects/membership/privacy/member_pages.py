"""My data: the way to everything about one's own data, and consents given and withdrawn."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.page_table import PageTable
from gateway.portal.people import only, signed_in
from gateway.portal.service_calls import act, part
from services.contracts.activities.facts import my_basis_looks, my_fact_uses
from services.contracts.membership.consents import list_consent_texts
from services.contracts.membership.privacy import give_consent, my_consents, withdraw_consent
from services.contracts.membership.record.operations import member_accesses
from services.contracts.welfare.looks import my_welfare_looks

PAGES = PageTable()

_CAUSED = {
    "photo_erased": _l("照片已删除。"),
    "children_erased": _l("有关子女的信息已删除。"),
    "unpublished": _l("今后不再公开您的姓名和荣誉。"),
    "leave_requested": _l("没有这项同意无法保留会籍，已为您提交退会申请；改变主意可以撤回申请。"),
}


@PAGES.get("/me/data")
@only("member")
def my_data() -> str:
    """Show consents, who looked lately, and the ways to download, correct and erase."""
    of_me = {"member_id": str(signed_in().member_id), "limit": 5}
    texts = part(list_consent_texts, {"limit": 20})
    return render_template(
        "portal/member/data.html",
        consents=part(my_consents),
        texts={text["purpose"]: text for text in texts.items},
        accesses=part(member_accesses, of_me),
        uses=part(my_fact_uses, {"limit": 10}),
        looks=part(my_basis_looks, {"limit": 5}),
        welfare_looks=part(my_welfare_looks, {"limit": 5}),
    )


@PAGES.post("/me/data/consents")
@only("member")
def agree() -> Response:
    """Agree to a purpose in the wording shown."""
    payload = {"purpose": request.form.get("purpose", ""), "version": request.form.get("version", "")}
    return act(give_consent, payload, done=gettext("已记录您的同意。"), then=url_for("portal.my_data"))


@PAGES.post("/me/data/consents/<uuid:consent_id>/withdraw")
@only("member")
def withdraw(consent_id: UUID) -> Response:
    """Withdraw a consent, and tell what that caused."""
    return act(withdraw_consent, {"consent_id": str(consent_id)}, done=_withdrawn, then=url_for("portal.my_data"))


def _withdrawn(reply: dict[str, Any]) -> str:
    return " ".join([gettext("同意已撤回。"), *(str(_CAUSED[word]) for word in reply["caused"] if word in _CAUSED)])
