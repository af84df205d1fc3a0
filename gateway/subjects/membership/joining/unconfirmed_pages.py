"""Applications no unit has looked at yet: listed apart, and rejected many at once."""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.identity.current import current_principal
from gateway.portal.columns import Column
from gateway.portal.forms import Field
from gateway.portal.list_pages import ListExport, ListPage, Shown
from gateway.portal.page_table import PageTable
from gateway.portal.people import CONSOLE_ROLES, only, unit_choices
from gateway.portal.service_calls import act
from services.chassis.plain_text import whole_number
from services.contracts.membership.joining.operations import list_unconfirmed, reject_unconfirmed
from services.contracts.membership.joining.unconfirmed import MOST_UNCONFIRMED

PAGES = PageTable()

SAME_PLACE = "same_place_as"


def _rejecting(shown: Shown) -> dict[str, Any]:
    """Return whether the asker may reject, and whether all that is listed can be rejected together."""
    may_reject = bool(current_principal().roles & {"officer", "chair"})
    few_enough = "unit_id" in shown.values and 0 < (shown.found.total or 0) <= MOST_UNCONFIRMED
    return {"may_reject": may_reject, "rejectable": may_reject and few_enough}


UNCONFIRMED = PAGES.add_list(
    ListPage(
        "unconfirmed_applications", "/console/applications/unconfirmed", list_unconfirmed, _l("未经确认的申请"),
        columns=(
            Column("name", macro="applicant"), "unit_id", "employment", "submitted_at",
            Column("from_same_place", macro="same_place"),
        ),
        roles=tuple(CONSOLE_ROLES),
        filters=(
            Field("unit_id", choices=unit_choices), "submitted_from", "submitted_until",
            Field(SAME_PLACE, control="hidden"),
        ),
        lead=_l("分工会还没有看过的申请。任何人都可以提交，所以单独列出；认得的，逐份打开审核。"),
        empty=_l("没有未经确认的申请。"),
        icon="person-plus",
        link="application",
        argument="application_id",
        back=("applications", _l("入会审核")),
        more=_rejecting,
        template="portal/console/unconfirmed.html",
        macros="portal/parts/applications.html",
        export=ListExport(),
    )
)  # fmt: skip


@PAGES.post("/console/applications/unconfirmed/reject")
@only("officer", "chair")
def reject_unconfirmed_applications() -> Response:
    """Reject all the filter finds, if they are as many as the page told."""
    names = ("unit_id", "submitted_from", "submitted_until", SAME_PLACE)
    payload: dict[str, Any] = {name: request.form[name] for name in names if request.form.get(name)}
    payload["expected"] = request.form.get("expected", type=whole_number)
    payload["reason"] = request.form.get("reason", "").strip()
    return act(
        reject_unconfirmed, payload,
        done=lambda reply: gettext("已将 %(count)s 份申请定为不通过。", count=reply["rejected"]),
        then=url_for("portal.unconfirmed_applications", unit_id=request.form.get("unit_id")),
    )  # fmt: skip
