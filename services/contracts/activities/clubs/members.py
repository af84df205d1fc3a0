"""Members and officers of clubs: joining, leaving, approving; offices with their terms."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import Choice, Line, Page, PageRequest, Schema, Timestamp, command, label, labelled, query
from services.contracts.activities.clubs.clubs import MANAGES, READS, UNION_WIDE, ClubRef
from services.contracts.activities.clubs.vocabulary import (
    CLUB_CHOSEN,
    CLUB_FIELDS,
    CLUB_LEAVE_CAUSES,
    CLUB_MEMBER_ORDERS,
    CLUB_MEMBERSHIPS,
    CLUB_OFFICE_ENDS,
    CLUB_POSTS,
)
from services.contracts.days import Day

_LABELS = CLUB_FIELDS.texts
_RUNS = ("member", "officer")
"""The president of the club, and officers of the union."""


class ClubMembershipRef(Schema):
    """One membership by id."""

    membership_id = fields.UUID(required=True)


@labelled(CLUB_FIELDS)
class ClubMembership(Schema):
    """协会会员 Who is, wants to be or was in a club; `member_id` is erased when the time of keeping is over."""

    id = fields.UUID(required=True)
    club_id = fields.UUID(required=True)
    club_name = fields.String(required=True)
    member_id = fields.UUID(required=True, allow_none=True)
    unit_id = fields.UUID(required=True, allow_none=True)
    state = Choice(CLUB_MEMBERSHIPS, required=True)
    applied_at = Timestamp(required=True)
    joined_on = fields.Date(required=True, allow_none=True)
    left_on = fields.Date(required=True, allow_none=True)
    cause = Choice(CLUB_LEAVE_CAUSES, required=True, allow_none=True)
    note = fields.String(required=True, allow_none=True)


@labelled(CLUB_FIELDS)
class ListClubMembers(PageRequest, ClubRef):
    """Memberships of a club, those that wait and those that stand by default."""

    state = Choice(CLUB_MEMBERSHIPS, load_default=None, allow_none=True)
    unit_id = fields.UUID(load_default=None, allow_none=True)
    sort = Choice(CLUB_MEMBER_ORDERS, load_default="applied_at")


class ListMyClubs(PageRequest):
    """One's own memberships, the latest first."""


class DecideClubMember(ClubMembershipRef):
    """Whether somebody who asks is taken; refused with a reason, which the member reads."""

    take = fields.Boolean(required=True)
    reason = Line(120, load_default=None, allow_none=True, metadata=label(_LABELS["reason"]))


class RemoveClubMember(ClubMembershipRef):
    """Why a member is removed; the member reads it."""

    reason = Line(120, 2, required=True, metadata=label(_LABELS["reason"]))


@labelled(CLUB_FIELDS)
class ClubOfficer(Schema):
    """协会任职 An office of a club; `ended` and `end` once it is over."""

    id = fields.UUID(required=True)
    club_id = fields.UUID(required=True)
    member_id = fields.UUID(required=True, allow_none=True)
    post = Choice(CLUB_POSTS, required=True)
    chosen = Choice(CLUB_CHOSEN, required=True)
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(required=True, allow_none=True)
    ended = fields.Date(required=True, allow_none=True, metadata=label(_LABELS["ended_on_day"]))
    end = Choice(CLUB_OFFICE_ENDS, required=True, allow_none=True)


class ListClubOfficers(PageRequest, ClubRef):
    """Offices of a club, those that stand first, then former ones, the latest first."""


@labelled(CLUB_FIELDS)
class AppointClubOfficer(ClubRef):
    """A member of the club who takes an office; a new president takes the place of the one before.

    `ends_on`: the last day of the term; without one it follows from the rule `clubs.term_months`.
    """

    member_id = fields.UUID(required=True)
    post = Choice(CLUB_POSTS, required=True)
    chosen = Choice(CLUB_CHOSEN.only("elected", "appointed"), required=True)
    starts_on = Day(required=True)
    ends_on = Day(years_ahead=10, load_default=None, allow_none=True)


class EndClubOffice(Schema):
    """An office that ends before its term, or with it."""

    office_id = fields.UUID(required=True)
    end = Choice(CLUB_OFFICE_ENDS.only("term_over", "resigned"), required=True, metadata=label(_LABELS["end"]))


join_club = command(
    "activities", "join_club", request=ClubRef, reply=ClubMembership, allow=("member",),
    doc="Join a club, ask its president to, or support one that is to be founded.", title="加入协会",
)  # fmt: skip
leave_club = command(
    "activities", "leave_club", request=ClubRef, reply=ClubMembership, allow=("member",),
    doc="Leave a club, or take back that one wants to join.", title="退出协会",
)  # fmt: skip
my_clubs = query(
    "activities", "my_clubs", request=ListMyClubs, reply=Page(ClubMembership), allow=("member",),
    doc="One's own memberships of clubs, also former ones.", title="查看自己的协会",
)  # fmt: skip
list_club_members = query(
    "activities", "list_club_members", request=ListClubMembers, reply=Page(ClubMembership),
    allow=("member", "officer", "auditor"), doc="Members of a club, to its president and the union.",
    title="查看协会会员",
)  # fmt: skip
decide_club_member = command(
    "activities", "decide_club_member", request=DecideClubMember, reply=ClubMembership, allow=_RUNS,
    doc="Take somebody who asks to join, or not: the president or an officer.", title="同意加入协会",
)  # fmt: skip
remove_club_member = command(
    "activities", "remove_club_member", request=RemoveClubMember, reply=ClubMembership, allow=_RUNS,
    doc="Remove a member with a reason: the president or an officer.", title="移出协会会员",
)  # fmt: skip
list_club_officers = query(
    "activities", "list_club_officers", request=ListClubOfficers, reply=Page(ClubOfficer), allow=READS,
    doc="Offices of a club with their terms, also former ones.", title="查看协会任职", reach=UNION_WIDE,
)  # fmt: skip
appoint_club_officer = command(
    "activities", "appoint_club_officer", request=AppointClubOfficer, reply=ClubOfficer, allow=_RUNS,
    doc="Give an office of a club to a member of it: the president any but the own, an officer all.",
    title="任命协会负责人",
)  # fmt: skip
end_club_office = command(
    "activities", "end_club_office", request=EndClubOffice, reply=ClubOfficer, allow=MANAGES,
    doc="End an office of a club.", title="免去协会职务",
)  # fmt: skip
