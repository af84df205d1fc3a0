"""Clubs: the register, applying with a charter, founding, changing, suspending, dissolving."""

from __future__ import annotations

from marshmallow import fields, validate

from services.chassis.schema import (
    Choice,
    Line,
    Page,
    PageRequest,
    Schema,
    Text,
    Timestamp,
    command,
    label,
    labelled,
    query,
)
from services.contracts.activities.clubs.vocabulary import (
    CLUB_FIELDS,
    CLUB_JOINING,
    CLUB_KINDS,
    CLUB_MEMBERSHIPS,
    CLUB_ORDERS,
    CLUB_STATES,
)
from services.contracts.files import DOCUMENT_TYPES, LARGEST, Content, FileContent, FileName, MediaType
from services.contracts.vocabulary import EMPLOYMENTS

_LABELS = CLUB_FIELDS.texts
MANAGES = ("officer",)
READS = ("officer", "chair", "auditor", "member")
UNION_WIDE = dict.fromkeys(("chair", "member"), "union")


class ClubRef(Schema):
    """One club by id."""

    club_id = fields.UUID(required=True)


@labelled(CLUB_FIELDS)
class ApplyClub(Schema):
    """A club to be founded: the caller applies, others support it by joining before it is decided.

    Empty `units` and `employments` restrict nothing. `joining`: whether members join at once or the president agrees.
    """

    name = Line(60, 2, required=True)
    name_en = Line(120, load_default=None, allow_none=True)
    kind = Choice(CLUB_KINDS, required=True)
    aim = Text(600, 2, required=True)
    about = Text(2000, load_default=None, allow_none=True)
    joining = Choice(CLUB_JOINING, load_default="approved")
    for_retained = fields.Boolean(load_default=True)
    most_members = fields.Integer(load_default=None, allow_none=True, strict=True, validate=validate.Range(2, 10_000))
    units = fields.List(fields.UUID(), load_default=list, validate=validate.Length(max=200))
    employments = fields.List(
        Choice(EMPLOYMENTS), load_default=list, validate=validate.Length(max=len(EMPLOYMENTS)),
        metadata=label(_LABELS["employments"]),
    )  # fmt: skip


class ChangeClub(ApplyClub):
    """Replace what a club says of itself; who is a member stays one. `version` is the one that was read."""

    club_id = fields.UUID(required=True)
    version = fields.Integer(required=True, strict=True)


@labelled(CLUB_FIELDS)
class Club(ApplyClub):
    """协会 A club. `own_state` and `own_id`: the caller's membership; `runs`: whether the caller is its president.

    `waiting` counts who asks to join, told to the president and the union only. `note`: why it is in its state.
    """

    id = fields.UUID(required=True)
    state = Choice(CLUB_STATES, required=True)
    applicant_id = fields.UUID(required=True, allow_none=True)
    applied_at = Timestamp(required=True)
    founded_on = fields.Date(required=True, allow_none=True)
    ended_on = fields.Date(required=True, allow_none=True)
    note = fields.String(required=True, allow_none=True)
    members = fields.Integer(required=True)
    waiting = fields.Integer(required=True, allow_none=True)
    president_id = fields.UUID(required=True, allow_none=True)
    has_charter = fields.Boolean(required=True)
    own_id = fields.UUID(required=True, allow_none=True)
    own_state = Choice(CLUB_MEMBERSHIPS, required=True, allow_none=True)
    runs = fields.Boolean(required=True)
    version = fields.Integer(required=True)


@labelled(CLUB_FIELDS)
class ListClubs(PageRequest):
    """Which clubs; members get those that exist, those that gather support, and their own applications."""

    q = Line(60, load_default=None, allow_none=True)
    kind = Choice(CLUB_KINDS, load_default=None, allow_none=True)
    state = Choice(CLUB_STATES, load_default=None, allow_none=True)
    sort = Choice(CLUB_ORDERS, load_default="name")


class SetClubCharter(ClubRef):
    """The charter as a PDF or picture up to 10 MB; it takes the place of the one before."""

    name = FileName(required=True)
    media_type = MediaType(DOCUMENT_TYPES, required=True)
    content = Content(LARGEST, required=True)


class DecideClub(ClubRef):
    """Whether the club is founded; the applicant reads the note."""

    found = fields.Boolean(required=True, metadata=label(_LABELS["found"]))
    note = Line(200, 2, required=True, metadata=label(_LABELS["note"]))


class StopClub(ClubRef):
    """Why a club is suspended, goes on or is dissolved; members read it."""

    reason = Line(200, 2, required=True, metadata=label(_LABELS["reason"]))


list_clubs = query(
    "activities", "list_clubs", request=ListClubs, reply=Page(Club), allow=READS,
    doc="Clubs by name; to members those they can join and their own.", title="查看协会", reach=UNION_WIDE,
)  # fmt: skip
get_club = query(
    "activities", "get_club", request=ClubRef, reply=Club, allow=READS, doc="One club.", title="查看一个协会",
    reach=UNION_WIDE,
)  # fmt: skip
apply_club = command(
    "activities", "apply_club", request=ApplyClub, reply=Club, allow=("member",),
    doc="Apply for a new club; the caller becomes its president when it is founded.", title="申请成立协会",
)  # fmt: skip
change_club = command(
    "activities", "change_club", request=ChangeClub, reply=Club, allow=("member", "officer"),
    doc="Change what a club says of itself: its president, the applicant before it is founded, or an officer.",
    title="修改协会资料",
)  # fmt: skip
set_club_charter = command(
    "activities", "set_club_charter", request=SetClubCharter, reply=Club, allow=("member", "officer"),
    doc="Set the charter: the applicant, the president or an officer.", title="上传协会章程",
)  # fmt: skip
club_charter = query(
    "activities", "club_charter", request=ClubRef, reply=FileContent, allow=READS, doc="The charter of a club.",
    title="查看协会章程", reach=UNION_WIDE,
)  # fmt: skip
decide_club = command(
    "activities", "decide_club", request=DecideClub, reply=Club, allow=MANAGES,
    doc="Found a club that was applied for, or refuse it; who supported it becomes a member.", title="批准成立协会",
)  # fmt: skip
withdraw_club = command(
    "activities", "withdraw_club", request=ClubRef, reply=Club, allow=("member",),
    doc="Withdraw one's own application for a club.", title="撤回协会申请",
)  # fmt: skip
suspend_club = command(
    "activities", "suspend_club", request=StopClub, reply=Club, allow=MANAGES,
    doc="Suspend a club: nobody joins, nothing is granted.", title="暂停协会活动",
)  # fmt: skip
resume_club = command(
    "activities", "resume_club", request=StopClub, reply=Club, allow=MANAGES, doc="Let a suspended club go on.",
    title="恢复协会活动",
)  # fmt: skip
dissolve_club = command(
    "activities", "dissolve_club", request=StopClub, reply=Club, allow=MANAGES,
    doc="Dissolve a club: memberships and offices end, the members are told.", title="解散协会",
)  # fmt: skip
