"""What is told of ratings: in lists, in whole, to who fills in, and the result."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import Choice, Schema, Timestamp, labelled
from services.contracts.governance.ratings.vocabulary import (
    RATED,
    RATING_ELECTORATES,
    RATING_FIELDS,
    RATING_KINDS,
    RATING_ORIGINS,
    RATING_STATES,
    RATING_STEPS,
    RATING_WAYS,
)


@labelled(RATING_FIELDS)
class Rating(Schema):
    """评议 A round in a list. `entitled`: size of the frozen roll; `sheets` and `paper` stand once it is closed."""

    id = fields.UUID(required=True)
    title = fields.String(required=True)
    kind = Choice(RATING_KINDS, required=True)
    year = fields.Integer(required=True)
    way = Choice(RATING_WAYS, required=True)
    origin_kind = Choice(RATING_ORIGINS, required=True)
    origin_id = fields.UUID(required=True, allow_none=True)
    state = Choice(RATING_STATES, required=True)
    opens_at = Timestamp(required=True, allow_none=True)
    closes_at = Timestamp(required=True, allow_none=True)
    opened_at = Timestamp(required=True, allow_none=True)
    closed_at = Timestamp(required=True, allow_none=True)
    published_at = Timestamp(required=True, allow_none=True)
    created_at = Timestamp(required=True)
    entitled = fields.Integer(required=True, allow_none=True)
    sheets = fields.Integer(required=True, allow_none=True)
    paper = fields.Integer(required=True, allow_none=True)


@labelled(RATING_FIELDS)
class RatedSubject(Schema):
    """Who or what is graded, by which criteria; `number` from 1, `name` and `post` of a leader."""

    number = fields.Integer(required=True)
    kind = Choice(RATED, required=True)
    name = fields.String(required=True, allow_none=True)
    post = fields.String(required=True, allow_none=True)
    criteria = fields.List(fields.String(), required=True)


class RatingRule(Schema):
    """The rule a figure of a round stands in, as it was when the round was opened."""

    key = fields.String(required=True)
    value = fields.Raw(required=True)
    document = fields.String(required=True)
    number = fields.String(required=True, allow_none=True)
    article = fields.String(required=True, allow_none=True)
    ruleset = fields.String(required=True)


class OwnSheet(Schema):
    """What a round is to the caller. `group` whose key signs the token; `unit_id` of that group, null where the unit
    has too few members to be told on its own. `started`: a token or a paper sheet was given."""

    on_roll = fields.Boolean(required=True)
    group = fields.Integer(required=True, allow_none=True)
    unit_id = fields.UUID(required=True, allow_none=True)
    started = fields.Boolean(required=True)
    may_fill = fields.Boolean(required=True)


@labelled(RATING_FIELDS)
class RatingGroup(Schema):
    """A group whose sheets are counted together: a unit, or without `unit_id` all that are too small alone.

    `entered`: how many paper sheets are entered for it so far.
    """

    group = fields.Integer(required=True)
    unit_id = fields.UUID(required=True, allow_none=True)
    entitled = fields.Integer(required=True, allow_none=True)
    entered = fields.Integer(required=True)


class RatingPreview(Schema):
    """What opening now would give: how many may fill in, in how many groups, and how many units are too small."""

    entitled = fields.Integer(required=True)
    groups = fields.Integer(required=True)
    small_units = fields.Integer(required=True)


class RatingStep(Schema):
    """What was done with a round, when, and why."""

    step = Choice(RATING_STEPS, required=True)
    at = Timestamp(required=True)
    reason = fields.String(required=True, allow_none=True)


@labelled(RATING_FIELDS)
class RatingDetail(Rating):
    """A round in whole.

    `received`: sheets that came so far, for who runs it. `fingerprint`: the hash of the groups' keys, the same for
    everybody. `actions`: what the caller may do now. `blocked`: the problem that would refuse to open it now.
    """

    about = fields.String(required=True, allow_none=True)
    electorate = Choice(RATING_ELECTORATES, required=True)
    unit_ids = fields.List(fields.UUID(), required=True)
    member_ids = fields.List(fields.UUID(), required=True)
    subjects = fields.List(fields.Nested(RatedSubject), required=True)
    grades = fields.List(fields.String(), required=True)
    satisfied = fields.Integer(required=True)
    remarks = fields.Boolean(required=True)
    smallest = fields.Integer(required=True, allow_none=True)
    received = fields.Integer(required=True, allow_none=True)
    given_papers = fields.Integer(required=True, allow_none=True, metadata={"title": "发出纸质表"})
    fingerprint = fields.String(required=True, allow_none=True)
    groups = fields.List(fields.Nested(RatingGroup), required=True)
    preview = fields.Nested(RatingPreview, required=True, allow_none=True)
    rules = fields.List(fields.Nested(RatingRule), required=True)
    mine = fields.Nested(OwnSheet, required=True)
    actions = fields.List(fields.String(), required=True)
    history = fields.List(fields.Nested(RatingStep), required=True)
    reason = fields.String(required=True, allow_none=True)
    reminded_at = Timestamp(required=True, allow_none=True)
    blocked = fields.Dict(keys=fields.String(), required=True, allow_none=True)
    version = fields.Integer(required=True)


@labelled(RATING_FIELDS)
class OwnRating(Rating):
    """A round on whose roll the caller stands."""

    started = fields.Boolean(required=True)


class RatingToken(Schema):
    """The answer to a request for a token, in base64; the browser makes the signature of it."""

    signature = fields.String(required=True)


class GroupKey(Schema):
    """The key of a group, an RSA SubjectPublicKeyInfo in base64."""

    group = fields.Integer(required=True)
    key = fields.String(required=True)


class RatingKeys(Schema):
    """The keys of all groups of a round, asked for without an account: nobody gets a key alone."""

    rating_id = fields.UUID(required=True)
    state = Choice(RATING_STATES, required=True)
    fingerprint = fields.String(required=True)
    groups = fields.List(fields.Nested(GroupKey), required=True)


class SheetTaken(Schema):
    """The answer to a sheet; the same for a repeated one."""

    taken = fields.Boolean(required=True)


@labelled(RATING_FIELDS)
class PaperGiven(Schema):
    """A member who got a paper sheet, and how many were given out."""

    rating_id = fields.UUID(required=True)
    member_id = fields.UUID(required=True)
    given = fields.Integer(required=True)


@labelled(RATING_FIELDS)
class CriterionResult(Schema):
    """How a criterion was graded. `counts`: by grade; `mean`: points, the worst grade 1; null without an answer."""

    criterion = fields.String(required=True)
    counts = fields.List(fields.Integer(), required=True)
    abstained = fields.Integer(required=True)
    mean = fields.String(required=True, allow_none=True)
    satisfied_percent = fields.String(required=True, allow_none=True)


@labelled(RATING_FIELDS)
class SubjectResult(RatedSubject):
    """How a subject was graded, by criterion and over all."""

    results = fields.List(fields.Nested(CriterionResult), required=True)
    mean = fields.String(required=True, allow_none=True)
    satisfied_percent = fields.String(required=True, allow_none=True)


@labelled(RATING_FIELDS)
class GroupResult(Schema):
    """The result of a group; where it is hidden, `sheets` is null and `subjects` is empty."""

    group = fields.Integer(required=True)
    unit_id = fields.UUID(required=True, allow_none=True)
    entitled = fields.Integer(required=True, allow_none=True)
    sheets = fields.Integer(required=True, allow_none=True)
    paper = fields.Integer(required=True, allow_none=True)
    shown = fields.Boolean(required=True)
    subjects = fields.List(fields.Nested(SubjectResult), required=True)


@labelled(RATING_FIELDS)
class RatingResult(Schema):
    """What came of a round, as far as the caller may see it. `shown`: whether the whole has sheets enough."""

    rating_id = fields.UUID(required=True)
    entitled = fields.Integer(required=True, allow_none=True)
    sheets = fields.Integer(required=True)
    paper = fields.Integer(required=True)
    turnout = fields.String(required=True, allow_none=True)
    smallest = fields.Integer(required=True)
    grades = fields.List(fields.String(), required=True)
    satisfied = fields.Integer(required=True)
    shown = fields.Boolean(required=True)
    subjects = fields.List(fields.Nested(SubjectResult), required=True)
    groups = fields.List(fields.Nested(GroupResult), required=True)
    rules = fields.List(fields.Nested(RatingRule), required=True)


@labelled(RATING_FIELDS)
class RatingUnit(Schema):
    """A group of a closed round with its figures; null where it is hidden."""

    group = fields.Integer(required=True)
    unit_id = fields.UUID(required=True, allow_none=True)
    entitled = fields.Integer(required=True, allow_none=True)
    sheets = fields.Integer(required=True, allow_none=True)
    paper = fields.Integer(required=True, allow_none=True)
    turnout = fields.String(required=True, allow_none=True)
    satisfied_percent = fields.String(required=True, allow_none=True)
    mean = fields.String(required=True, allow_none=True)
    chair_percent = fields.String(required=True, allow_none=True)
    chair_mean = fields.String(required=True, allow_none=True)


@labelled(RATING_FIELDS)
class Remark(Schema):
    """A remark; `unit_id` is null where the unit is not told."""

    id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True, allow_none=True)
    text = fields.String(required=True)


@labelled(RATING_FIELDS)
class TrendYear(Schema):
    """A round of a year: how satisfied the members were with the union, and those of the unit."""

    rating_id = fields.UUID(required=True)
    year = fields.Integer(required=True)
    title = fields.String(required=True)
    sheets = fields.Integer(required=True)
    satisfied_percent = fields.String(required=True, allow_none=True)
    mean = fields.String(required=True, allow_none=True)
    unit_percent = fields.String(required=True, allow_none=True)
    chair_percent = fields.String(required=True, allow_none=True)


class Trend(Schema):
    """The rounds of the members over the years, the oldest first."""

    unit_id = fields.UUID(required=True, allow_none=True)
    items = fields.List(fields.Nested(TrendYear), required=True)
