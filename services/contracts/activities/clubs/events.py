"""Events of clubs: ids, states, days and amounts; names are asked for by id."""

from __future__ import annotations

from marshmallow import fields, validate

from services.chassis.schema import Choice, Event, Money, Schema
from services.contracts.activities.clubs.vocabulary import (
    CLUB_CHANGES,
    CLUB_LEAVE_CAUSES,
    CLUB_REVIEW_STATES,
    CLUB_STATES,
    CLUB_VERDICTS,
)
from services.contracts.governance.funds.vocabulary import LineCode

_CLUB, _MEMBER = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0601", "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0002"


class ClubFoundedData(Schema):
    """Which club, its president and how many members it begins with."""

    club_id = fields.UUID(required=True)
    president_id = fields.UUID(required=True)
    members = fields.Integer(required=True)
    founded_on = fields.Date(required=True)


class ClubFounded(Event, source="activities"):
    """The union founded a club."""

    subject = "club/{club_id}"
    data = ClubFoundedData
    example = {
        "club_id": _CLUB, "president_id": _MEMBER, "members": 12, "founded_on": "2026-03-04",
    }  # fmt: skip


class ClubChangedData(Schema):
    """How a club stands after a change, with all that waits for somebody.

    `waiting`: how many ask to join. `review_year` and `review_state`: the review that is open. `term_ends_on`: the
    next end of a term that is near.
    """

    club_id = fields.UUID(required=True)
    change = Choice(CLUB_CHANGES, required=True)
    state = Choice(CLUB_STATES, required=True)
    applicant_id = fields.UUID(required=True, allow_none=True)
    president_id = fields.UUID(required=True, allow_none=True)
    waiting = fields.Integer(required=True)
    review_year = fields.Integer(required=True, allow_none=True)
    review_state = Choice(CLUB_REVIEW_STATES, required=True, allow_none=True)
    review_due_on = fields.Date(required=True, allow_none=True)
    term_ends_on = fields.Date(required=True, allow_none=True)


class ClubChanged(Event, source="activities"):
    """A club's state, officers, applicants or reviews changed."""

    subject = "club/{club_id}"
    data = ClubChangedData
    example = {
        "club_id": _CLUB, "change": "applicants", "state": "founded", "applicant_id": _MEMBER,
        "president_id": _MEMBER, "waiting": 2, "review_year": None, "review_state": None, "review_due_on": None,
        "term_ends_on": None,
    }  # fmt: skip


class ClubJoinedData(Schema):
    """`approved`: whether somebody else agreed; who joins an open club knows."""

    club_id = fields.UUID(required=True)
    member_id = fields.UUID(required=True)
    approved = fields.Boolean(required=True)


class ClubJoined(Event, source="activities"):
    """A member joined a club."""

    subject = "club/{club_id}"
    data = ClubJoinedData
    example = {"club_id": _CLUB, "member_id": _MEMBER, "approved": True}


class ClubLeftData(Schema):
    """`cause`: why; `waited`: whether the member only asked to join."""

    club_id = fields.UUID(required=True)
    member_id = fields.UUID(required=True)
    cause = Choice(CLUB_LEAVE_CAUSES, required=True)
    waited = fields.Boolean(required=True)


class ClubLeft(Event, source="activities"):
    """A membership of a club ended, or did not come about."""

    subject = "club/{club_id}"
    data = ClubLeftData
    example = {"club_id": _CLUB, "member_id": _MEMBER, "cause": "by_member", "waited": False}


class ClubReviewedData(Schema):
    """The verdict on a year; `suspended`: whether the club is suspended because of it."""

    club_id = fields.UUID(required=True)
    year = fields.Integer(required=True)
    verdict = Choice(CLUB_VERDICTS, required=True)
    activities_held = fields.Integer(required=True)
    suspended = fields.Boolean(required=True)


class ClubReviewed(Event, source="activities"):
    """The union judged a club's year."""

    subject = "club/{club_id}"
    data = ClubReviewedData
    example = {
        "club_id": _CLUB, "year": 2025, "verdict": "passed", "activities_held": 6, "suspended": False,
    }  # fmt: skip


class ClubGrantDecidedData(Schema):
    """How much, out of which line; `claim` counts how often the funds were asked."""

    grant_id = fields.UUID(required=True)
    club_id = fields.UUID(required=True)
    year = fields.Integer(required=True)
    claim = fields.Integer(required=True, strict=True, validate=validate.Range(min=1))
    amount = Money(required=True)
    line_code = LineCode(required=True)
    decided_on = fields.Date(required=True)


class ClubGrantDecided(Event, source="activities"):
    """A club's money for a year was decided: governance posts it or refuses with the rule, once for each claim."""

    subject = "club-grant/{grant_id}"
    data = ClubGrantDecidedData
    example = {
        "grant_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0602", "club_id": _CLUB, "year": 2026, "claim": 1,
        "amount": "3000.00", "line_code": "activity.culture", "decided_on": "2026-03-04",
    }  # fmt: skip
