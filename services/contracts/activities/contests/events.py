"""Events of contests: ids, states and counts; scores are asked for."""

from __future__ import annotations

from typing import Any

from marshmallow import fields

from services.chassis.schema import Choice, Event, Schema
from services.contracts.activities.contests.vocabulary import CONTEST_STATES

_ACTIVITY = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0601"
_ENTRY: dict[str, Any] = {
    "activity_id": _ACTIVITY, "entry_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0602",
    "member_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0002",
}  # fmt: skip


class ContestEnteredData(Schema):
    """Which member takes part in which contest."""

    activity_id = fields.UUID(required=True)
    entry_id = fields.UUID(required=True)
    member_id = fields.UUID(required=True)


class ContestEntered(Event, source="activities"):
    """A member takes part in a contest; named entries such as choirs are told of in no event."""

    subject = "contest/{activity_id}"
    data = ContestEnteredData
    example = _ENTRY


class JudgeNamedData(Schema):
    """Which member judges which contest."""

    activity_id = fields.UUID(required=True)
    judge_id = fields.UUID(required=True)
    member_id = fields.UUID(required=True)


class JudgeNamed(Event, source="activities"):
    """A member was asked to judge a contest."""

    subject = "contest/{activity_id}"
    data = JudgeNamedData
    example = {
        "activity_id": _ACTIVITY, "judge_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0603", "member_id": _ENTRY["member_id"],
    }  # fmt: skip


class ContestMovedData(Schema):
    """What is shown of a contest changed. `opened`: whether judging opened with it, which its judges are told."""

    activity_id = fields.UUID(required=True)
    state = Choice(CONTEST_STATES, required=True)
    opened = fields.Boolean(required=True)
    judge_member_ids = fields.List(fields.UUID(), required=True)


class ContestMoved(Event, source="activities"):
    """Judging opened or ended, the sheets of an entry are all in, or a score was corrected or adjusted."""

    subject = "contest/{activity_id}"
    data = ContestMovedData
    example = {"activity_id": _ACTIVITY, "state": "judging", "opened": False, "judge_member_ids": []}


class ContestDecidedData(Schema):
    """Counts of groups, entries, sheets and awards, and the ids of the members who took part."""

    activity_id = fields.UUID(required=True)
    groups = fields.Integer(required=True)
    entries = fields.Integer(required=True)
    judges = fields.Integer(required=True)
    sheets = fields.Integer(required=True)
    awards = fields.Integer(required=True)
    member_ids = fields.List(fields.UUID(), required=True)


class ContestDecided(Event, source="activities"):
    """The results of a contest are published; sent again when they were taken back and corrected."""

    subject = "contest/{activity_id}"
    data = ContestDecidedData
    example = {
        "activity_id": _ACTIVITY, "groups": 5, "entries": 42, "judges": 9, "sheets": 336, "awards": 20,
        "member_ids": [_ENTRY["member_id"]],
    }  # fmt: skip
