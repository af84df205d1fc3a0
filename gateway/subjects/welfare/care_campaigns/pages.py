"""Care campaigns in the console: the list, a new one, one campaign with its people and what may be done with it."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.identity.current import current_principal
from gateway.portal.columns import Column, actions
from gateway.portal.forms import Field, Form
from gateway.portal.list_pages import ListExport, ListPage, PageLink, Shown
from gateway.portal.look_ups import found_members, plan_item_choices
from gateway.portal.page_table import PageTable
from gateway.portal.people import CONSOLE_ROLES, only, unit_choices
from gateway.portal.service_calls import Part, act, go, submit
from gateway.portal.steps import steps_of
from gateway.subjects.welfare.care_campaigns import pictures
from services.chassis.clock import today
from services.chassis.schema import Operation
from services.contracts.welfare.care_campaigns import operations as contract
from services.contracts.welfare.care_campaigns.requests import CreateCareCampaign
from services.contracts.welfare.care_campaigns.vocabulary import CARE_STAGES, CARE_STATES

PAGES = PageTable()
_OFFICER = frozenset({"officer"})
MEASURED = ("activity", "manual")
"""How a plan's items are measured that a campaign can fulfil."""
_plan_items = partial(plan_item_choices, MEASURED)

PAGES.add_list(
    ListPage(
        "care_campaigns", "/console/care-campaigns", contract.list_care_campaigns, _l("慰问活动"),
        columns=("title", "kind", "starts_on", "ends_on", "people", "given", "missed", "open",
                 Column("amount", on_page=False), Column("state", state=True)),
        roles=tuple(CONSOLE_ROLES),
        filters=("kind", "state"),
        lead=_l("冬送温暖、夏送清凉、慰问坚守岗位的教职工：一次活动一份名单，每人一次。"),
        empty=_l("还没有慰问活动。"),
        icon="sun",
        links=(PageLink("new_care_campaign", _l("新建慰问活动"), "plus-lg", _OFFICER, first=True),),
        link="care_campaign",
        argument="campaign_id",
        topics=("campaign",),
        export=ListExport(personal=False),
    )
)  # fmt: skip


def _of_campaign(shown: Shown) -> dict[str, Any]:
    """Return the steps and the picture of the campaign, and who may be chosen as visitor."""
    about = shown.about
    q = request.args.get("q", "").strip()[:50]
    directs = current_principal().has("officer", "chair")
    return {
        "title": about["title"],
        "way": steps_of(CARE_STAGES, about["state"], CARE_STATES),
        "by_unit": pictures.by_unit(about["id"], about["by_unit"]),
        "candidates": found_members(q) if directs else Part(),
        "q": q,
        "units": unit_choices(),
    }


PAGES.add_list(
    ListPage(
        "care_campaign", "/console/care-campaigns/<uuid:campaign_id>", contract.list_care_items, _l("慰问活动"),
        columns=(
            Column("member_id", macro="person"), "unit_id", Column("visitor_id", how="member"), "given_on", "value",
            Column("source", on_page=False), Column("files", on_page=False), Column("state", state=True),
            actions("of_item"),
        ),
        roles=tuple(CONSOLE_ROLES),
        filters=("state", Field("unit_id", choices=unit_choices)),
        empty=_l("名单上没有符合条件的人。"),
        icon="people",
        back=("care_campaigns", _l("慰问活动")),
        about=contract.get_care_campaign,
        more=_of_campaign,
        template="portal/console/care_campaign.html",
        macros="portal/parts/care_people.html",
        export=ListExport(name="care_people", title=_l("慰问名单")),
    )
)  # fmt: skip


@PAGES.route("/console/care-campaigns/new", methods=["GET", "POST"])
@only("officer")
def new_care_campaign() -> str | Response | tuple[str, int]:
    """Prepare a campaign."""
    fields: list[Field | str] = [
        Field("kind", control="radios"), Field("title", wide=True), "starts_on", "ends_on",
        Field("amount", hint=_l("每人按标准发放；只慰问不发放就填 0。")), "form",
        Field("evidence_needed", blank=_l("写明签收人即可")),
        Field("plan_item_id", control="select", choices=_plan_items, blank=_l("不对应计划事项")),
    ]  # fmt: skip
    posted = request.form if request.method == "POST" else None
    form = Form(CreateCareCampaign, fields, values={"starts_on": today().isoformat(), "kind": "warmth"}, posted=posted)
    if posted is None:
        return render_template("portal/console/care_campaign_new.html", form=form)
    made = submit(form, contract.create_care_campaign)
    if made is None:
        return render_template("portal/console/care_campaign_new.html", form=form), 422
    flash(gettext("活动已建立，请加入名单、指派慰问人，然后开始。"), "done")
    return go(here(made["id"]))


def here(campaign_id: Any) -> str:
    """Return the address of a campaign's page."""
    return url_for("portal.care_campaign", campaign_id=campaign_id)


def _act(operation: Operation, campaign_id: UUID, done: Any, **more: Any) -> Response:
    return act(operation, {"campaign_id": str(campaign_id), **more}, done=done, then=here(campaign_id))


@PAGES.post("/console/care-campaigns/<uuid:campaign_id>/open")
@only("officer")
def open_care_campaign(campaign_id: UUID) -> Response:
    """Begin a campaign."""
    return _act(contract.open_care_campaign, campaign_id, gettext("活动已开始，慰问人会收到待办。"))


@PAGES.post("/console/care-campaigns/<uuid:campaign_id>/close")
@only("officer")
def close_care_campaign(campaign_id: UUID) -> Response:
    """End a campaign."""
    return _act(contract.close_care_campaign, campaign_id, gettext("活动已结束，支出已报工会经费入账。"))


@PAGES.post("/console/care-campaigns/<uuid:campaign_id>/cancel")
@only("officer")
def cancel_care_campaign(campaign_id: UUID) -> Response:
    """Cancel a campaign."""
    return _act(contract.cancel_care_campaign, campaign_id, gettext("活动已取消。"))


@PAGES.post("/console/care-campaigns/<uuid:campaign_id>/pay-again")
@only("officer")
def pay_care_again(campaign_id: UUID) -> Response:
    """Put the payment to the funds again."""
    return _act(contract.pay_care_again, campaign_id, gettext("已重新申报。"))


def _assigned(reply: Any) -> str:
    return gettext("已指派 %(count)s 人。", count=reply["assigned"])


@PAGES.post("/console/care-campaigns/<uuid:campaign_id>/assign")
@only("officer", "chair")
def assign_care_items(campaign_id: UUID) -> Response:
    """Give people to a visitor: all of a unit that nobody visits, or everybody."""
    chosen = {
        "visitor_id": request.form.get("visitor_id", ""),
        "unit_id": request.form.get("unit_id") or None,
        "item_ids": request.form.getlist("item_ids") or None,
    }
    return _act(contract.assign_care_items, campaign_id, _assigned, **chosen)


@PAGES.post("/console/care-items/<uuid:item_id>/remove")
@only("officer")
def remove_from_care_list(item_id: UUID) -> Response:
    """Take somebody off a list that is in preparation."""
    then = here(request.form.get("campaign_id", type=UUID))
    return act(contract.remove_from_care_list, {"item_id": str(item_id)}, done=gettext("已移出名单。"), then=then)
