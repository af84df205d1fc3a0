"""Terms that end within 90 days: who holds what until when, and the way to naming a successor."""

from __future__ import annotations

from flask import render_template
from flask_babel import lazy_gettext as _l

from gateway.portal.forms import Field
from gateway.portal.listing import ALL, asked, chosen, listing
from gateway.portal.page_table import PageTable
from gateway.portal.people import CONSOLE_ROLES, names, only, unit_choices
from gateway.portal.service_calls import part
from gateway.subjects.membership.organisation.pages import ENDS_SOON_DAYS
from services.chassis.clock import today
from services.contracts.membership.organisation.operations import list_posts
from services.contracts.membership.organisation.posts import POST_KINDS

PAGES = PageTable()

FILTERS = (
    Field("kind", _l("职务"), "select", choices=POST_KINDS, blank=ALL),
    Field("unit_id", _l("分工会"), "select", choices=unit_choices, blank=ALL),
)


@PAGES.get("/console/organisation/terms")
@only(*CONSOLE_ROLES)
def ending_terms() -> str:
    """List posts whose term ends soon, the nearest first."""
    values = chosen(FILTERS)
    found = part(list_posts, asked(ending_within=ENDS_SOON_DAYS, held_on=today().isoformat(), **values))
    return render_template(
        "portal/console/ending_terms.html",
        list=listing(found),
        names=names(found.items, "member_id"),
        filters=FILTERS,
        values=values,
        days=ENDS_SOON_DAYS,
    )
