"""Filling in a sheet, and reading what came of the rounds one stands on the roll of."""

from __future__ import annotations

from uuid import UUID

from flask import render_template

from gateway.portal.page_table import PageTable
from gateway.portal.people import only, signed_in
from gateway.portal.service_calls import part
from gateway.rpc.calls import call
from gateway.subjects.governance.ratings.words import result_pictures, subject_title, trend_columns
from services.contracts.governance.ratings import operations as contract

PAGES = PageTable()


@PAGES.get("/me/ratings")
@only("member")
def my_ratings() -> str:
    """Show the rounds on whose roll one stands: those that are open first."""
    open_now = part(contract.my_ratings, {"state": "open", "limit": 20})
    ended = part(contract.my_ratings, {"state": "closed", "limit": 20})
    trend = part(contract.rating_trend, {}).data
    chart = trend_columns(trend) if trend else None
    return render_template("portal/member/ratings.html", open_now=open_now, ended=ended, chart=chart)


@PAGES.get("/ratings/<uuid:rating_id>")
@only("member")
def rating_sheet(rating_id: UUID) -> str:
    """Show the sheet while it can be filled in, then the result."""
    named = {"rating_id": str(rating_id)}
    found = call(contract.get_rating, named)
    asked = [
        {**one, "title": subject_title(one, found["mine"]["unit_id"])}
        for one in found["subjects"]
        if one["kind"] != "chair" or found["mine"]["unit_id"]
    ]
    is_told = found["state"] == "closed" and (found["kind"] == "union" or found["published_at"])
    result = part(contract.get_rating_result, named) if is_told else None
    pictures = result_pictures(result.data) if result and result.data else {}
    # The browser keeps what was begun by whose account it was, because devices are shared.
    holder = str(signed_in().member_id)
    return render_template("portal/member/rating.html", it=found, asked=asked, holder=holder, **pictures)
