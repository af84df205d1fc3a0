"""Requests about ratings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import fields, validate, validates_schema

from services.chassis.schema import Choice, Line, PageRequest, Schema, Text, Timestamp, invalid, labelled
from services.contracts.governance.ratings.vocabulary import (
    OWN_RATING_ELECTORATES,
    RATING_FIELDS,
    RATING_KINDS,
    RATING_ORDERS,
    RATING_STATES,
    RATING_WAYS,
    USUAL_SATISFIED,
)
from services.contracts.ids import ids_filter

MOST_CRITERIA = 12
MOST_GRADES = 6
MOST_LEADERS = 20
MOST_NAMED = 2000
"""Members that an electorate names one by one."""
MOST_UNITS = 300
LONGEST_REMARK = 500
_MOST_SHEETS = 200_000
_BASE64 = r"\A[A-Za-z0-9+/]+={0,2}\Z"


class RatingRef(Schema):
    """One round by id."""

    rating_id = fields.UUID(required=True)


@labelled(RATING_FIELDS)
class Leader(Schema):
    """A leader of the school who is assessed."""

    name = Line(40, 2, required=True)
    post = Line(60, 2, required=True)


def _lines(longest: int, most: int, least: int = 0) -> Any:
    sizes = validate.Length(least, most)
    return fields.List(Line(longest, 1), load_default=None, allow_none=True, validate=sizes)


@labelled(RATING_FIELDS)
class RatingTerms(Schema):
    """What a round asks and whom.

    Lists that are null are the usual ones of the kind. An empty `chair_criteria` leaves the units' chairs out.
    `grades` stand from the best to the worst; the first `satisfied` of them count as satisfied. Without `opens_at` or
    `closes_at` somebody opens or closes the round.
    """

    title = Line(100, 2, required=True)
    about = Text(2000, load_default=None, allow_none=True)
    year = fields.Integer(required=True, strict=True, validate=validate.Range(2000, 2100))
    electorate = Choice(OWN_RATING_ELECTORATES, load_default="all")
    unit_ids = fields.List(fields.UUID(), load_default=list, validate=validate.Length(max=MOST_UNITS))
    member_ids = fields.List(fields.UUID(), load_default=list, validate=validate.Length(max=MOST_NAMED))
    union_criteria = _lines(40, MOST_CRITERIA, 1)
    chair_criteria = _lines(40, MOST_CRITERIA)
    leader_criteria = _lines(40, MOST_CRITERIA, 1)
    leaders = fields.List(fields.Nested(Leader), load_default=list, validate=validate.Length(max=MOST_LEADERS))
    grades = _lines(20, MOST_GRADES, 2)
    satisfied = fields.Integer(
        load_default=USUAL_SATISFIED, strict=True, validate=validate.Range(min=1, max=MOST_GRADES - 1)
    )
    remarks = fields.Boolean(load_default=True)
    opens_at = Timestamp(load_default=None, allow_none=True)
    closes_at = Timestamp(load_default=None, allow_none=True)

    @validates_schema
    def _names_fit(self, terms: Mapping[str, Any], **_: Any) -> None:
        for word, name in (("units", "unit_ids"), ("list", "member_ids")):
            if (terms["electorate"] == word) != bool(terms[name]):
                raise invalid("ratings.electorate_is_named", "Name units or members as it says.", field=name)


@labelled(RATING_FIELDS)
class CreateRating(RatingTerms):
    """A new round."""

    kind = Choice(RATING_KINDS, required=True)
    way = Choice(RATING_WAYS, load_default="online")


class ChangeRating(RatingRef, RatingTerms):
    """Change a round that was not opened; `version` is the one that was read."""

    version = fields.Integer(required=True, strict=True)


@labelled(RATING_FIELDS)
class CancelRating(RatingRef):
    """Cancel a round with the reason; its sheets are erased."""

    reason = Text(200, 2, required=True)


@labelled(RATING_FIELDS)
class ListRatings(PageRequest):
    """Rounds, newest first; a chair sees those of the members."""

    q = Line(50, load_default=None, allow_none=True)
    kind = Choice(RATING_KINDS, load_default=None, allow_none=True)
    state = Choice(RATING_STATES, load_default=None, allow_none=True)
    year = fields.Integer(load_default=None, allow_none=True)
    ids = ids_filter()
    sort = Choice(RATING_ORDERS, load_default="-created_at", metadata={"title": "排序"})


@labelled(RATING_FIELDS)
class MyRatings(PageRequest):
    """Rounds on whose roll the caller stands, newest first."""

    state = Choice(RATING_STATES.only("open", "closed", "cancelled"), load_default=None, allow_none=True)
    ids = ids_filter()


class RequestRatingToken(RatingRef):
    """The blinded token of a member, in base64, to be signed with the key of the member's group."""

    blinded = fields.String(required=True, validate=validate.Length(4, 1024))


@labelled(RATING_FIELDS)
class HandInSheet(RatingRef):
    """A filled sheet, without an account.

    `group`: whose key signed the token. `answers`: for each subject in order, the place of the grade for each criterion
    from 1, or 0 for none. `token` has 64 random bytes; `signature` is that of the registrar.
    """

    group = fields.Integer(required=True, strict=True, validate=validate.Range(1, MOST_UNITS + 1))
    token = fields.String(required=True, validate=[validate.Length(88, 88), validate.Regexp(_BASE64)])
    signature = fields.String(required=True, validate=[validate.Length(4, 700), validate.Regexp(_BASE64)])
    answers = fields.List(
        fields.List(fields.Integer(strict=True, validate=validate.Range(0, MOST_GRADES)),
                    validate=validate.Length(max=MOST_CRITERIA)),
        required=True, validate=validate.Length(1, MOST_LEADERS),
    )  # fmt: skip
    remark = Text(LONGEST_REMARK, load_default=None, allow_none=True)


@labelled(RATING_FIELDS)
class GivePaper(RatingRef):
    """A member gets a paper sheet and no token."""

    member_id = fields.UUID(required=True)


def _number(**more: Any) -> Any:
    return fields.Integer(strict=True, validate=validate.Range(0, _MOST_SHEETS), **more)


@labelled(RATING_FIELDS)
class EnterPapers(RatingRef):
    """The counts of a group's paper sheets; they replace those entered before, none with 0 `sheets`.

    `counts`: for each subject in order, for each criterion, how many sheets have each grade. `issued`: how many sheets
    were handed out; only where nobody fills in anything here.
    """

    group = fields.Integer(required=True, strict=True, validate=validate.Range(1, MOST_UNITS + 1))
    sheets = _number(required=True)
    issued = _number(load_default=None, allow_none=True)
    counts = fields.List(
        fields.List(fields.List(_number(), validate=validate.Length(max=MOST_GRADES)),
                    validate=validate.Length(max=MOST_CRITERIA)),
        required=True, validate=validate.Length(max=MOST_LEADERS),
    )  # fmt: skip


@labelled(RATING_FIELDS)
class ListRatingUnits(PageRequest, RatingRef):
    """The units of a closed round, for comparison."""

    unit_id = fields.UUID(load_default=None, allow_none=True)


@labelled(RATING_FIELDS)
class ListRemarks(PageRequest, RatingRef):
    """The remarks of a closed round; a chair sees those of the own unit."""

    unit_id = fields.UUID(load_default=None, allow_none=True)


@labelled(RATING_FIELDS)
class RatingTrend(Schema):
    """The course of the members' rounds over the years, with one unit beside the whole."""

    unit_id = fields.UUID(load_default=None, allow_none=True)
