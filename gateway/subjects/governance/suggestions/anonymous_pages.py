"""Suggesting without a name, and reading the answer by a code; these pages never learn who opens them.

They are unlinked (`gateway.http.unlinked`): cookies are dropped before anything reads them, and no log names the call.
"""

from __future__ import annotations

from flask import render_template, request

from gateway.http.rate_limits import require_below
from gateway.http.unlinked import unlinked
from gateway.portal.forms import Field, Form
from gateway.portal.page_table import PageTable
from gateway.portal.service_calls import submit
from gateway.subjects.governance.suggestions.api import OF_ONE_NETWORK
from services.contracts.governance.suggestions import operations as contract
from services.contracts.governance.suggestions import requests

PAGES = PageTable()
WORDS: tuple[Field | str, ...] = (
    "topic", "title", Field("text", control="textarea", wide=True), Field("may_publish", wide=True),
)  # fmt: skip
_CODE = (Field("code", wide=True, extra={"autocomplete": "off", "autocapitalize": "characters"}),)
Answer = str | tuple[str, int]


@PAGES.route("/suggestions/anonymous", methods=["GET", "POST"])
@unlinked
def anonymous_suggestion() -> Answer:
    """Suggest something without a name; the code is shown once."""
    posted = request.form if request.method == "POST" else None
    form = Form(requests.MakeAnonymousSuggestion, WORDS, posted=posted)
    made = None
    if posted is not None:
        require_below(OF_ONE_NETWORK, "make_anonymous_suggestion")
        made = submit(form, contract.make_anonymous_suggestion)
    page = render_template("portal/member/suggestion_anonymous.html", form=form, made=made)
    return page if posted is None or made is not None else (page, 422)


@PAGES.route("/suggestions/follow", methods=["GET", "POST"])
@unlinked
def follow_suggestion() -> Answer:
    """Show what became of an anonymous suggestion, by its code; the code stands in no address."""
    posted = request.form if request.method == "POST" else None
    form = Form(requests.FollowSuggestion, _CODE, posted=posted)
    found = submit(form, contract.follow_suggestion) if posted is not None else None
    page = render_template("portal/member/suggestion_follow.html", form=form, it=found)
    return page if posted is None or found is not None else (page, 422)
