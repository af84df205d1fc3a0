"""What is the member's own: card, registrations, benefits, settings with sessions and language."""

from __future__ import annotations

from contextlib import suppress
from uuid import UUID

from flask import flash, render_template, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.identity import accounts, new_password
from gateway.identity.factors import owning
from gateway.identity.providers import linking
from gateway.portal.forms import Field
from gateway.portal.list_pages import ListPage
from gateway.portal.look_ups import own_record
from gateway.portal.navigation import OWN_GROUPS, own_menu
from gateway.portal.page_table import PageTable
from gateway.portal.people import only, signed_in
from gateway.portal.preferences import selected_theme
from gateway.portal.service_calls import go, part, part_of
from services.chassis.errors import NotFound
from services.contracts.activities.registration.operations import my_registrations
from services.contracts.welfare.birthdays import my_birthday_grants
from services.contracts.welfare.care import my_care_gifts
from services.contracts.welfare.entitlements import my_entitlements

PAGES = PageTable()

SHOW = {"upcoming": _l("将要参加"), "all": _l("全部")}


@PAGES.get("/me")
@only()
def me() -> str:
    """Show the member's card and links to the member's own pages."""
    return render_template(
        "portal/member/me.html", record=own_record(), signed_in=signed_in(), own=own_menu(), groups=OWN_GROUPS
    )


REGISTRATIONS = PAGES.add_list(
    ListPage(
        "my_registrations", "/me/registrations", my_registrations, _l("我的报名"),
        columns=(),
        roles=("member",),
        filters=(Field("show", _l("范围"), "select", choices=SHOW),),
        empty=_l("还没有报名。"),
        icon="ticket-perforated",
        back=("me", _l("我的")),
        payload=lambda values: {"upcoming": values.get("show", "upcoming") == "upcoming"},
        template="portal/member/registrations.html",
        layout="member",
    )
)  # fmt: skip


@PAGES.get("/me/benefits")
@only("member")
def my_benefits() -> str:
    """Show the entitlement account: what one may have this year, used and remaining, and by which rule."""
    grants = part(my_birthday_grants, {})
    gifts = part(my_care_gifts, {})
    others = [entry for entry in own_menu()["own_benefits"] if not entry.here]
    return render_template(
        "portal/member/benefits.html",
        account_part=part(my_entitlements),
        grants=grants,
        gifts=gifts,
        others=others,
    )


@PAGES.get("/me/settings")
@only()
def my_settings() -> str:
    """Show language, password and where one is signed in."""
    account = signed_in()
    sessions = part_of(lambda: {"items": accounts.sessions_of(account.account_id, account.session_id)})
    return render_template(
        "portal/member/settings.html",
        sessions=sessions,
        theme=selected_theme(),
        identities=linking.identities_of(account.account_id),
        has_password=new_password.has_password(account.account_id),
        second_factor_since=owning.state_of(account)["since"],
    )


@PAGES.post("/me/sessions/end-others")
@only()
def end_other_sessions() -> Response:
    """Sign out everywhere else."""
    account = signed_in()
    ended = accounts.end_other_sessions(account.account_id, account.session_id)
    flash(gettext("已退出其他 %(count)s 处登录。", count=ended), "done")
    return go(url_for("portal.my_settings"))


@PAGES.post("/me/sessions/<uuid:session_id>/end")
@only()
def end_session(session_id: UUID) -> Response:
    """Sign out somewhere else."""
    # Somebody may press twice, or it may have run out by itself.
    with suppress(NotFound):
        accounts.end_session(signed_in().account_id, session_id)
    flash(gettext("已退出该设备。"), "done")
    return go(url_for("portal.my_settings"))
