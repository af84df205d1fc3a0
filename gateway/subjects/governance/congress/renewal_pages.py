"""The renewal of a term (换届) in the console: its checklist with what was done by whom, as a list, file and print."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import flash, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.columns import Column, actions
from gateway.portal.form_pages import form_page
from gateway.portal.forms import Field, Form
from gateway.portal.list_pages import ListExport, ListPage, Shown
from gateway.portal.page_table import PageTable
from gateway.portal.people import OFFICE_ROLES, only
from gateway.portal.service_calls import act, go, submit
from gateway.portal.words import words
from gateway.rpc.calls import call
from gateway.subjects.governance.congress.naming import term_name
from services.contracts.governance.congress import renewal as contract
from services.contracts.governance.congress import terms

PAGES = PageTable()


def item_words(item: Mapping[str, Any]) -> str:
    """Return an item of the checklist in words; the union's own are texts themselves."""
    return str(item["item"] if item["own"] else words(item["item"], "renewal_item"))


def _of_renewal(shown: Shown) -> dict[str, Any]:
    return {"lead": term_name(shown.about["number"])}


PAGES.add_list(
    ListPage(
        "renewal", "/console/congresses/<uuid:congress_id>/renewal", contract.list_renewal_items, _l("换届检查表"),
        columns=(Column("item", how="text", value=item_words), "due_on", Column("state", state=True),
                 "done_at", Column("done_by", how="member", optional=True), Column("note", optional=True),
                 actions("of_renewal")),
        roles=tuple(OFFICE_ROLES),
        filters=("show",),
        empty=_l("没有符合条件的事项。"),
        icon="list-check",
        about=contract.get_renewal,
        listed=lambda about: about["opened_on"] is not None,
        more=_of_renewal,
        template="portal/console/renewal.html",
        macros="portal/parts/congress.html",
        export=ListExport(),
    )
)  # fmt: skip

PAGES.add_list(
    ListPage(
        "renewal_steps", "/console/congresses/<uuid:congress_id>/renewal/steps", contract.list_renewal_steps,
        _l("换届办理记录"),
        columns=("at", Column("step"), Column("item", how="text", value=item_words),
                 Column("done_by", how="member", blank=_l("校工会")), "note"),
        roles=tuple(OFFICE_ROLES),
        empty=_l("还没有办理记录。"),
        icon="clock-history",
        about=contract.get_renewal,
        more=_of_renewal,
        template="portal/console/renewal_steps.html",
        export=ListExport(),
    )
)  # fmt: skip


@PAGES.route("/console/congresses/<uuid:congress_id>/renewal/new", methods=["GET", "POST"])
@only("officer")
def new_renewal_item(congress_id: UUID) -> str | Response | tuple[str, int]:
    """Add an item in the union's own words."""
    found = call(terms.get_congress, {"congress_id": str(congress_id)})
    back = url_for("portal.renewal", congress_id=congress_id)
    posted = request.form if request.method == "POST" else None
    form = Form(contract.AddRenewalItem, (Field("item", wide=True), "due_on"), posted=posted)
    if posted is None or submit(form, contract.add_renewal_item, congress_id=str(congress_id)) is None:
        return form_page(form, title=gettext("增加换届事项"), back=back, words=term_name(found["number"]))
    flash(gettext("已增加。"), "done")
    return go(back)


@PAGES.post("/console/congresses/<uuid:congress_id>/renewal/<uuid:item_id>/<any(tick, untick, move, remove):what>")
@only("officer")
def act_on_renewal(congress_id: UUID, item_id: UUID, what: str) -> Response:
    """Tick an item, take that back, give it another last day, or remove it."""
    operation, takes, done = {
        "tick": (contract.tick_renewal_item, ("note",), gettext("已办结。")),
        "untick": (contract.untick_renewal_item, ("reason",), gettext("已撤回。")),
        "move": (contract.move_renewal_item, ("due_on", "reason"), gettext("期限已调整。")),
        "remove": (contract.remove_renewal_item, (), gettext("已删除。")),
    }[what]
    given = {name: request.form.get(name, "").strip() or None for name in takes}
    then = url_for("portal.renewal", congress_id=congress_id)
    return act(operation, {"item_id": str(item_id), **given}, done=done, then=then)
