"""Clubs for members: which there are, one with its activities, joining, leaving, applying for a new one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.identity.current import current_principal
from gateway.portal.forms import Field, Form
from gateway.portal.list_pages import ListPage, PageLink
from gateway.portal.page_table import PageTable
from gateway.portal.people import names, only, unit_choices
from gateway.portal.service_calls import act, carry_out, go, part, send, submit
from gateway.portal.uploads import takes_file, upload_of
from gateway.rpc.calls import call
from services.chassis.plain_text import whole_number
from services.contracts.activities.clubs import clubs as contract
from services.contracts.activities.clubs import members, work
from services.contracts.files import LARGEST
from services.contracts.vocabulary import EMPLOYMENTS

PAGES = PageTable()
FIELDS: tuple[Field | str, ...] = (
    "name", "name_en", "kind", Field("aim", control="textarea"), Field("about", control="textarea"),
    Field("joining", control="radios"), "most_members", "for_retained",
    Field("units", control="checks", choices=unit_choices), Field("employments", control="checks", choices=EMPLOYMENTS),
)  # fmt: skip
COVERS = {
    "sports": "sports", "arts": "choir", "fine_arts": "salon", "reading": "lecture", "outdoor": "trip",
    "craft": "social", "other": "social",
}  # fmt: skip
"""Drawings that stand for clubs, by the kind of activity they belong to."""

CLUBS = PAGES.add_list(
    ListPage(
        "clubs", "/clubs", contract.list_clubs, _l("文体协会"),
        columns=(),
        roles=("member",),
        filters=(Field("q", control="search"), "kind"),
        lead=_l("和同好一起运动、歌唱、读书；也可以自己发起一个协会。"),
        empty=_l("还没有协会，您可以发起一个。"),
        icon="people",
        links=(
            PageLink("my_clubs", _l("我的协会"), "person"), PageLink("new_club", _l("申请成立协会"), "plus-lg"),
        ),
        back=("me", _l("我的")),
        more=lambda shown: {"covers": COVERS},
        template="portal/member/clubs.html",
        layout="member",
    )
)  # fmt: skip

MINE = PAGES.add_list(
    ListPage(
        "my_clubs", "/me/clubs", members.my_clubs, _l("我的协会"),
        columns=(),
        roles=("member",),
        empty=_l("您还没有参加协会。"),
        icon="people",
        links=(PageLink("clubs", _l("看看有哪些协会"), "people", first=True),),
        back=("me", _l("我的")),
        template="portal/member/my_clubs.html",
        layout="member",
    )
)  # fmt: skip


@PAGES.get("/clubs/<uuid:club_id>")
@only("member")
def club(club_id: UUID) -> str:
    """Show a club with its officers and activities, and what the reader can do."""
    ref = {"club_id": str(club_id)}
    found = call(contract.get_club, ref)
    officers = part(members.list_club_officers, {**ref, "limit": 20})
    standing = [one for one in officers.items if one["ended"] is None]
    return render_template(
        "portal/member/club.html",
        club=found,
        officers=standing,
        people=names(standing, "member_id"),
        activities=part(work.list_club_activities, {**ref, "limit": 10}),
        own_application=found["state"] == "applied"
        and found["applicant_id"] == str(current_principal().member_id or ""),
        covers=COVERS,
    )


@PAGES.post("/clubs/<uuid:club_id>/join")
@only("member")
def join_club(club_id: UUID) -> Response:
    """Join a club, ask its president to, or support one that is to be founded."""
    return act(members.join_club, {"club_id": str(club_id)}, done=_outcome, then=here(club_id))


@PAGES.post("/clubs/<uuid:club_id>/leave")
@only("member")
def leave_club(club_id: UUID) -> Response:
    """Leave a club."""
    done = gettext("您已退出协会。")
    return act(members.leave_club, {"club_id": str(club_id)}, done=done, then=url_for("portal.my_clubs"))


@PAGES.route("/clubs/new", methods=["GET", "POST"])
@only("member")
def new_club() -> str | Response | tuple[str, int]:
    """Apply for a club."""
    posted = request.form if request.method == "POST" else None
    form = Form(contract.ApplyClub, FIELDS, posted=posted)
    made = submit(form, contract.apply_club) if posted is not None else None
    if made is None:
        page = render_template("portal/member/club_form.html", form=form, club=None)
        return page if posted is None else (page, 422)
    flash(gettext("申请已提交，请上传章程，并请其他会员在协会页面表示支持。"), "done")
    return go(here(made["id"]))


@PAGES.route("/clubs/<uuid:club_id>/edit", methods=["GET", "POST"])
@only("member", "officer")
def edit_club(club_id: UUID) -> str | Response | tuple[str, int]:
    """Change what a club says of itself."""
    found = call(contract.get_club, {"club_id": str(club_id)})
    posted = request.form if request.method == "POST" else None
    form = Form(contract.ApplyClub, FIELDS, values=found, posted=posted)
    version = request.form.get("version", type=whole_number) or found["version"]
    made = None
    if posted is not None:
        made = submit(form, contract.change_club, club_id=str(club_id), version=version)
    if made is None:
        page = render_template("portal/member/club_form.html", form=form, club=found, version=version)
        return page if posted is None else (page, 422)
    flash(gettext("协会资料已保存。"), "done")
    return go(_after_edit(club_id))


@PAGES.post("/clubs/<uuid:club_id>/charter")
@takes_file(LARGEST)
@only("member", "officer")
def set_club_charter(club_id: UUID) -> Response:
    """Set the charter."""
    payload = {"club_id": str(club_id), **(upload_of("content") or {})}
    return carry_out(
        lambda: send(contract.set_club_charter, payload), done=gettext("章程已上传。"), then=_after_edit(club_id)
    )


@PAGES.post("/clubs/<uuid:club_id>/withdraw")
@only("member")
def withdraw_club(club_id: UUID) -> Response:
    """Withdraw one's own application."""
    done = gettext("申请已撤回。")
    return act(contract.withdraw_club, {"club_id": str(club_id)}, done=done, then=url_for("portal.clubs"))


def here(club_id: Any) -> str:
    """Return the address of a club for members."""
    return url_for("portal.club", club_id=club_id)


def _after_edit(club_id: Any) -> str:
    """Return the page of the club from which an officer or its president came."""
    if current_principal().has("officer") and request.form.get("from") == "console":
        return url_for("portal.console_club", club_id=club_id)
    return here(club_id)


def _outcome(reply: dict[str, Any]) -> str:
    if reply["state"] == "member":
        return gettext("您已加入协会。")
    return gettext("已提交，协会成立或会长同意后您会收到消息。")
