"""The congress for members: who represents whom, and one's own seat."""

from __future__ import annotations

from flask import render_template
from flask_babel import lazy_gettext as _l

from gateway.portal.columns import Column
from gateway.portal.forms import Field
from gateway.portal.list_pages import ListPage, Shown
from gateway.portal.page_table import PageTable
from gateway.portal.people import only, unit_choices
from gateway.portal.service_calls import Part, part
from gateway.subjects.governance.congress.naming import session_name, term_name
from gateway.subjects.governance.congress.people_pages import organs_of
from services.contracts.governance.congress import delegates as contract
from services.contracts.governance.congress import sessions as session_contract
from services.contracts.governance.congress import terms

PAGES = PageTable()


def _of_congress(shown: Shown) -> dict[str, object]:
    return {"lead": term_name(shown.about["number"])}


PAGES.add_list(
    ListPage(
        "member_delegates", "/congresses/<uuid:congress_id>/delegates", contract.list_delegates, _l("代表名单"),
        columns=("member_id", "unit_id", "body", Column("delegation", optional=True)),
        roles=("member",),
        filters=("body", Field("unit_id", choices=unit_choices)),
        empty=_l("没有符合条件的代表。"),
        icon="person-badge",
        layout="member",
        back=("my_congress", _l("代表大会")),
        about=terms.get_congress,
        more=_of_congress,
    )
)  # fmt: skip


@PAGES.get("/me/congress")
@only("member")
def my_congress() -> str:
    """Show one's own seats and the terms."""
    found = part(terms.list_congresses, {"limit": 10})
    now = next((one["id"] for one in found.items if one["state"] == "in_term"), None)
    sessions = part(session_contract.list_sessions, {"congress_id": now}) if now else Part({"items": []})
    organs, members = organs_of(now) if now else (None, {})
    return render_template(
        "portal/member/congress.html", organs=organs, members=members,
        seats=part(contract.my_seats), congresses=found, sessions=sessions,
        meetings={one["id"]: session_name(one) for one in sessions.items},
        called={one["id"]: term_name(one["number"]) for one in found.items},
    )  # fmt: skip
