"""A sheet as a form: one large field for each criterion, all errors at once, kept as a draft while it is filled in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import flash, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from gateway.portal.forms import Form
from gateway.portal.messages import say
from gateway.portal.people import names
from gateway.portal.service_calls import go, submit
from gateway.rpc.calls import call
from services.chassis.amounts import plain_amount
from services.chassis.errors import NotFound, Problem
from services.chassis.input_errors import flatten
from services.contracts.activities.contests import judging as contract
from services.contracts.activities.contests.settings import get_contest


def sheet_page(
    activity_id: UUID, entry_id: UUID, *, judge_id: UUID | None, back: str, layout: str
) -> str | Response | tuple[str, int]:  # fmt: skip
    """Answer the page of one sheet: show it, or hand it in.

    Args:
        activity_id: of the contest.
        entry_id: which is judged.
        judge_id: the guest whose paper is entered; None for the reader.
        back: address of the list of entries.
        layout: template of the frame.

    Raises:
        NotFound: the entry is not of the judge's groups.
    """
    ref = {"activity_id": str(activity_id)}
    acting = {"judge_id": str(judge_id)} if judge_id else {}
    contest, work = call(get_contest, ref), call(contract.judging, {**ref, **acting})
    found = next((one for one in work["items"] if one["entry_id"] == str(entry_id)), None)
    if found is None:
        raise NotFound("There is no such entry to judge.", field="entry_id")
    posted = request.form if request.method == "POST" else None
    form = Form(contract.WriteSheet, ("comment",), values=found, posted=posted)
    if posted is not None:
        filled = {**form.payload(), "points": posted_points(contest)}
        fixed = {**ref, "entry_id": str(entry_id), **acting}
        if submit(form, contract.hand_in_sheet, filled=filled, **fixed) is not None:
            flash(gettext("评分表已提交。"), "done")
            return go(back)
    kept = {str(one["number"]): one["points"] for one in found["points"]}
    if posted is not None:
        kept = {str(one["number"]): posted.get(f"points-{one['number']}", "") for one in contest["criteria"]}
    page = render_template(
        "portal/member/judge_entry.html",
        contest=contest,
        found=found,
        form=form,
        kept=kept,
        wrong=_wrong(form.problem, contest),
        people=names([found], "member_id"),
        around=_around(work["items"], str(entry_id)),
        back=back,
        layout=layout,
        judge_id=str(judge_id) if judge_id else None,
    )
    return (page, 422) if posted is not None else page


def posted_points(contest: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the points of the criteria as they were sent; null where nothing was."""
    sent = {one["number"]: request.form.get(f"points-{one['number']}", "").strip() for one in contest["criteria"]}
    return [{"number": number, "points": plain_amount(text) or None} for number, text in sent.items()]


def _wrong(problem: Problem | None, contest: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return what is wrong with the points, by number of the criterion."""
    errors = (problem.params.get("errors") or {}).get("points") if problem is not None else None
    if not isinstance(errors, Mapping):
        return {}
    numbers = [str(one["number"]) for one in contest["criteria"]]
    found: dict[str, list[str]] = {}
    for path, texts in flatten(errors).items():
        place = path.partition(".")[0]
        if place.isdecimal() and int(place) < len(numbers):
            found.setdefault(numbers[int(place)], []).extend(say(text) for text in texts)
    return found


def _around(items: list[dict[str, Any]], entry_id: str) -> dict[str, dict[str, Any] | None]:
    """Return the entries before and after one in the order, and the next that waits."""
    place = next(number for number, one in enumerate(items) if one["entry_id"] == entry_id)
    later = items[place + 1 :] + items[:place]
    return {
        "before": items[place - 1] if place else None,
        "after": items[place + 1] if place + 1 < len(items) else None,
        "waiting": next((one for one in later if one["state"] in ("waiting", "draft")), None),
    }
