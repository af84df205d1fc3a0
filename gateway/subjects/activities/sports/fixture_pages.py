"""Results and times of matches in the console."""

from __future__ import annotations

import re
import unicodedata
from typing import Any
from uuid import UUID

from flask import request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from gateway.portal.formats import in_china
from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.service_calls import act, carry_out, send
from services.chassis.errors import InvalidInput
from services.chassis.input_errors import InputError
from services.contracts.activities.sports import fixtures as contract

PAGES = PageTable()
_FIXTURE = "/console/activities/<uuid:activity_id>/tournament/fixtures/<uuid:fixture_id>"
_SET = re.compile(r"(\d{1,2})\s*[:\-]\s*(\d{1,2})")
_UNREADABLE = InputError("sports.sets_are_written", "Write sets as 21:15 18:21 15:11.")


@PAGES.post(f"{_FIXTURE}/result")
@only("officer", "chair")
def fixture_result(activity_id: UUID, fixture_id: UUID) -> Response:
    """Record sets, or that a team did not play."""

    def record() -> dict[str, Any]:
        absent = request.form.get("absent_id") or None
        sets = [] if absent else read_sets(request.form.get("sets", ""))
        reason = request.form.get("reason", "").strip() or None
        payload = {"activity_id": str(activity_id), "fixture_id": str(fixture_id)}
        return send(contract.record_result, {**payload, "sets": sets, "absent_id": absent, "reason": reason})

    return carry_out(record, done=gettext("结果已登记，积分榜和后续对阵随之更新。"), then=_here(activity_id))


@PAGES.post(f"{_FIXTURE}/move")
@only("officer", "chair")
def move_fixture(activity_id: UUID, fixture_id: UUID) -> Response:
    """Postpone a match, or give it another time and court."""
    starts_at = request.form.get("starts_at", "").strip()
    payload = {
        "activity_id": str(activity_id), "fixture_id": str(fixture_id),
        "starts_at": in_china(starts_at) if starts_at else None, "court": request.form.get("court") or None,
        "reason": request.form.get("reason", "").strip(),
    }  # fmt: skip
    done = gettext("场次已调整，两队领队会收到消息。")
    return act(contract.move_fixture, payload, done=done, then=_here(activity_id))


def read_sets(text: str) -> list[dict[str, int]]:
    """Return sets from a line such as `21:15 18:21 15:11`.

    Raises:
        InvalidInput: it can't be read.
    """
    plain = unicodedata.normalize("NFKC", text)
    if re.fullmatch(r"[\s,，、;；]*", _SET.sub("", plain)) is None:
        raise InvalidInput(errors={"sets": [_UNREADABLE]})
    return [{"home": int(home), "away": int(away)} for home, away in _SET.findall(plain)]


def _here(activity_id: UUID) -> str:
    return url_for("portal.console_tournament", activity_id=activity_id)
