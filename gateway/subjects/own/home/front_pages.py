"""The public front page, and the way from there to where each person begins."""

from __future__ import annotations

from flask import render_template, url_for
from werkzeug.wrappers import Response

from gateway.identity.current import current_account
from gateway.portal import navigation
from gateway.portal.languages import selected_language
from gateway.portal.page_table import PageTable
from gateway.portal.people import CONSOLE_ROLES, only, signed_in
from gateway.portal.service_calls import go
from gateway.union_profile import profile

PAGES = PageTable()


@PAGES.get("/")
def front() -> str | Response:
    """Show what the union is and how to join; signed-in accounts are redirected to their own start page."""
    if current_account() is not None:
        return start()
    union = profile.current()
    return render_template(
        "portal/public/front.html",
        union_name=union.name(english=selected_language() == "en"),
        emblem_address=profile.address_of_emblem(union),
        contact=union.contact,
    )


@PAGES.get("/start")
@only()
def start() -> Response:
    """Go to where this person begins: the workbench, the member's home, or the application under way."""
    account = signed_in()
    if account.principal.roles & CONSOLE_ROLES:
        return go(url_for("portal.workbench"))
    if account.member_id:
        return go(url_for("portal.home"))
    if menu := navigation.console_menu(account.principal.roles):
        return go(menu[0].entries[0].address)
    return go(url_for("portal.my_application"))
