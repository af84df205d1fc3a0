"""One decision explained: to the member it is about, and to those who work on it."""

from __future__ import annotations

from uuid import UUID

from flask import render_template

from gateway.portal.page_table import PageTable
from gateway.portal.people import names, only, signed_in
from gateway.rpc.calls import call
from gateway.subjects.welfare.decisions.wording import grounds_in_words, in_words, inputs_in_words
from services.contracts.welfare.decisions import get_decision

PAGES = PageTable()


@PAGES.get("/decisions/<uuid:decision_id>")
@only("officer", "auditor", "chair", "member")
def decision(decision_id: UUID) -> str:
    """Show why something was granted or refused."""
    found = call(get_decision, {"decision_id": str(decision_id)})
    own = found["member_id"] == str(signed_in().member_id)
    return render_template(
        "portal/member/decision.html",
        frame="portal/member.html" if own else "portal/console.html",
        decision=found,
        sentence=in_words(found),
        inputs=inputs_in_words(found),
        grounds=grounds_in_words(found),
        names=names([found], "member_id"),
    )
