"""The public front page, and the way from there to where each person begins."""

from __future__ import annotations

from typing import Any

from flask import render_template, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.identity.current import current_account
from gateway.portal import navigation
from gateway.portal.languages import selected_language
from gateway.portal.page_table import PageTable
from gateway.portal.people import CONSOLE_ROLES, only, signed_in
from gateway.portal.service_calls import go
from gateway.read_models import front as front_view
from gateway.union_profile import profile

PAGES = PageTable()


@PAGES.get("/")
def front() -> str | Response:
    """Show what the union is and how to join; signed-in accounts are redirected to their own start page."""
    if current_account() is not None:
        return start()
    union, shown = profile.current(), front_view.shown()
    return render_template(
        "portal/public/front.html",
        union_name=union.name(english=selected_language() == "en"),
        emblem_address=profile.address_of_emblem(union),
        contact=union.contact,
        next_activities=shown["next_activities"],
        news=shown["news"],
        announcements=shown["announcements"],
        figures=_in_words(shown["figures"]),
    )


def _in_words(figures: dict[str, int]) -> list[dict[str, Any]]:
    """Return the figures that there are, with what they count."""
    told = {
        "members": (_l("在册会员"), _l("%(count)s 人")),
        "activities": (_l("今年举办活动"), _l("%(count)s 场")),
        "attended": (_l("今年参加活动"), _l("%(count)s 人次")),
        "visits": (_l("今年“五必访”"), _l("%(count)s 次")),
    }
    return [
        {"words": words, "text": str(text) % {"count": f"{figures[name]:,}"}}
        for name, (words, text) in told.items()
        if name in figures
    ]


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
