"""What clubs do in a year: activities, the grant, the report and its review."""

from __future__ import annotations

from marshmallow import fields, validate

from services.chassis.schema import (
    Choice,
    Line,
    Money,
    Page,
    PageRequest,
    Schema,
    Text,
    Timestamp,
    command,
    labelled,
    query,
)
from services.contracts.activities.calendar.shapes import ACTIVITY_KINDS, Activity
from services.contracts.activities.clubs.clubs import MANAGES, READS, UNION_WIDE, ClubRef
from services.contracts.activities.clubs.vocabulary import (
    CLUB_FIELDS,
    CLUB_GRANT_STATES,
    CLUB_REVIEW_STATES,
    CLUB_VERDICTS,
)
from services.contracts.days import Day
from services.contracts.governance.funds.events import REASON_CODES
from services.contracts.governance.funds.vocabulary import Amount, LineCode

_YEAR = validate.Range(2000, 2100)


class ClubActivityRef(ClubRef):
    """An activity that a club holds."""

    activity_id = fields.UUID(required=True)


@labelled(CLUB_FIELDS)
class ClubActivityUnlinked(ClubActivityRef):
    """That an activity is no longer one of the club."""


@labelled(CLUB_FIELDS)
class DraftClubActivity(ClubRef):
    """An activity the president plans; it stands in the calendar as a draft until the union announces it."""

    title = Line(120, 1, required=True)
    kind = Choice(ACTIVITY_KINDS, load_default="other")
    summary = Text(4000, load_default=None, allow_none=True)
    place = Line(200, load_default=None, allow_none=True)
    starts_at = Timestamp(required=True)
    ends_at = Timestamp(required=True)
    capacity = fields.Integer(strict=True, load_default=None, allow_none=True, validate=validate.Range(1, 100_000))


class ListClubActivities(PageRequest, ClubRef):
    """Activities of a club, the latest first; drafts to the president and the union only."""


class ClubOfActivityRef(Schema):
    """One activity by id."""

    activity_id = fields.UUID(required=True)


class ClubOfActivity(Schema):
    """The club that holds an activity; nulls where none does."""

    club_id = fields.UUID(required=True, allow_none=True)
    name = fields.String(required=True, allow_none=True)
    name_en = fields.String(required=True, allow_none=True)


@labelled(CLUB_FIELDS)
class GrantClub(ClubRef):
    """The money a club gets in a year, out of a line of the budget; `decision`: the paper or meeting that decided."""

    year = fields.Integer(required=True, strict=True, validate=_YEAR)
    amount = Amount(required=True)
    line_code = LineCode(required=True)
    decision = Line(200, 2, required=True)
    decided_on = Day(required=True)


class ClubGrantRef(Schema):
    """One grant by id."""

    grant_id = fields.UUID(required=True)


@labelled(CLUB_FIELDS)
class ClubGrant(Schema):
    """年度活动经费 A grant of a year, and what the funds answered; `refused_rule` names what refused it."""

    id = fields.UUID(required=True)
    club_id = fields.UUID(required=True)
    club_name = fields.String(required=True)
    year = fields.Integer(required=True)
    amount = Money(required=True)
    line_code = fields.String(required=True)
    decision = fields.String(required=True)
    decided_on = fields.Date(required=True)
    state = Choice(CLUB_GRANT_STATES, required=True)
    entry_id = fields.UUID(required=True, allow_none=True)
    refused_rule = fields.String(required=True, allow_none=True)
    refused_code = Choice(REASON_CODES, required=True, allow_none=True)


@labelled(CLUB_FIELDS)
class ListClubGrants(PageRequest):
    """Grants, the latest year first."""

    club_id = fields.UUID(load_default=None, allow_none=True)
    year = fields.Integer(load_default=None, allow_none=True, validate=_YEAR)
    state = Choice(CLUB_GRANT_STATES, load_default=None, allow_none=True)


@labelled(CLUB_FIELDS)
class HandInClubReview(ClubRef):
    """The president's report of a year; the figures are counted from the club's activities."""

    year = fields.Integer(required=True, strict=True, validate=_YEAR)
    report = Text(4000, 10, required=True)


class ClubReviewRef(Schema):
    """One review by id."""

    review_id = fields.UUID(required=True)


@labelled(CLUB_FIELDS)
class DecideClubReview(ClubReviewRef):
    """The union's verdict on a year, or none to return the report; the note is for the president."""

    verdict = Choice(CLUB_VERDICTS, load_default=None, allow_none=True)
    note = Line(300, 2, required=True)


@labelled(CLUB_FIELDS)
class ClubReview(Schema):
    """年度评议 A club's year: report, figures as they were when it was handed in, verdict."""

    id = fields.UUID(required=True)
    club_id = fields.UUID(required=True)
    club_name = fields.String(required=True)
    year = fields.Integer(required=True)
    state = Choice(CLUB_REVIEW_STATES, required=True)
    due_on = fields.Date(required=True, allow_none=True)
    handed_in_at = Timestamp(required=True, allow_none=True)
    report = fields.String(required=True, allow_none=True)
    activities_held = fields.Integer(required=True, allow_none=True)
    attended = fields.Integer(required=True, allow_none=True)
    members = fields.Integer(required=True, allow_none=True)
    verdict = Choice(CLUB_VERDICTS, required=True, allow_none=True)
    note = fields.String(required=True, allow_none=True)
    decided_on = fields.Date(required=True, allow_none=True)


@labelled(CLUB_FIELDS)
class ListClubReviews(PageRequest):
    """Reviews, the latest year first; a president those of the own club."""

    club_id = fields.UUID(load_default=None, allow_none=True)
    year = fields.Integer(load_default=None, allow_none=True, validate=_YEAR)
    state = Choice(CLUB_REVIEW_STATES, load_default=None, allow_none=True)


list_club_activities = query(
    "activities", "list_club_activities", request=ListClubActivities, reply=Page(Activity), allow=READS,
    doc="Activities that a club holds.", title="查看协会活动", reach=UNION_WIDE,
)  # fmt: skip
club_of_activity = query(
    "activities", "club_of_activity", request=ClubOfActivityRef, reply=ClubOfActivity, allow=READS,
    doc="Which club holds an activity.", title="查看活动所属协会", reach=UNION_WIDE,
)  # fmt: skip
draft_club_activity = command(
    "activities", "draft_club_activity", request=DraftClubActivity, reply=Activity, allow=("member",),
    doc="Plan an activity as the president of a club; the union announces it.", title="起草协会活动",
)  # fmt: skip
link_club_activity = command(
    "activities", "link_club_activity", request=ClubActivityRef, reply=Activity, allow=MANAGES,
    doc="Say that a club holds an activity of the calendar.", title="把活动归入协会",
)  # fmt: skip
unlink_club_activity = command(
    "activities", "unlink_club_activity", request=ClubActivityRef, reply=ClubActivityUnlinked, allow=MANAGES,
    doc="Say that a club does not hold an activity.", title="取消活动与协会的关联",
)  # fmt: skip
grant_club = command(
    "activities", "grant_club", request=GrantClub, reply=ClubGrant, allow=MANAGES,
    doc="Decide what a club gets in a year; the funds post it or refuse with the rule.", title="核定协会活动经费",
)  # fmt: skip
ask_club_grant_again = command(
    "activities", "ask_club_grant_again", request=ClubGrantRef, reply=ClubGrant, allow=MANAGES,
    doc="Ask the funds again for a grant that was refused or reversed.", title="重新申报协会经费",
)  # fmt: skip
list_club_grants = query(
    "activities", "list_club_grants", request=ListClubGrants, reply=Page(ClubGrant),
    allow=("officer", "auditor", "member"), doc="Grants of clubs; a president sees those of the own club.",
    title="查看协会活动经费",
)  # fmt: skip
hand_in_club_review = command(
    "activities", "hand_in_club_review", request=HandInClubReview, reply=ClubReview, allow=("member",),
    doc="Hand in the report of a year as the president.", title="提交协会年度总结",
)  # fmt: skip
decide_club_review = command(
    "activities", "decide_club_review", request=DecideClubReview, reply=ClubReview, allow=MANAGES,
    doc="Judge a club's year, with what follows by the rules, or return the report.", title="评议协会年度总结",
)  # fmt: skip
list_club_reviews = query(
    "activities", "list_club_reviews", request=ListClubReviews, reply=Page(ClubReview),
    allow=("officer", "auditor", "member"), doc="Reviews of clubs; a president sees those of the own club.",
    title="查看协会年度评议",
)  # fmt: skip
