"""Naming the scrutineers of a secret ballot, in the console."""

from __future__ import annotations

from uuid import UUID

from flask import flash, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.form_pages import form_page
from gateway.portal.forms import Field, Form
from gateway.portal.look_ups import members_numbered
from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.service_calls import attempt, go, send
from gateway.rpc.calls import call
from services.contracts.governance.ballots import operations as contract
from services.contracts.governance.ballots.requests import NameScrutineers

PAGES = PageTable()
_FIELDS = (
    Field("numbers", _l("监票人"), "textarea", hint=_l("填写会员号，用空格或换行分开；候选人不能监票。")),
    Field("needed", hint=_l("至少 2 人；例如 3 名监票人、2 人可以开票，有一人丢失密钥也能开票。")),
)


@PAGES.route("/console/ballots/<uuid:ballot_id>/scrutineers", methods=["GET", "POST"])
@only("officer", "chair")
def name_scrutineers(ballot_id: UUID) -> str | Response | tuple[str, int]:
    """Name the scrutineers of a secret ballot; those named before are replaced."""
    found = call(contract.get_ballot, {"ballot_id": str(ballot_id)})
    here = url_for("portal.ballot", ballot_id=ballot_id)
    posted = request.form if request.method == "POST" else None
    form = Form(NameScrutineers, _FIELDS, values={"needed": 2}, posted=posted)
    if posted is None or attempt(form, lambda: _named(form, str(ballot_id))) is None:
        lead = gettext("他们各自在自己的浏览器里生成密钥，全部登记后才能开始投票；改动投票内容要重新指定。")
        return form_page(
            form, title=gettext("指定监票人"), back=here, words=found["title"], lead=lead, button=gettext("指定")
        )
    flash(gettext("监票人已指定，已通知他们登记密钥。"), "done")
    return go(here)


def _named(form: Form, ballot_id: str) -> dict[str, object]:
    given = form.payload()
    ids = members_numbered("numbers", given.pop("numbers", None))
    return send(contract.name_scrutineers, {**given, "ballot_id": ballot_id, "member_ids": ids})
