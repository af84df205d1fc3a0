"""The facts of a member that a decision about a registration was based on."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import Choice, Schema, Timestamp, labelled
from services.contracts.governance.awards import AWARD_CATEGORIES
from services.contracts.membership.facts import FACTS
from services.contracts.membership.organisation.posts import POST_KINDS
from services.contracts.membership.person import GENDERS


@labelled(FACTS)
class DecisionBasis(Schema):
    """The facts of a member that a decision was based on: those the audience needed, for the activity's first day.

    `asked_at` is when membership told them.
    """

    sex = Choice(GENDERS)
    age = fields.Integer(allow_none=True)
    posts = fields.List(Choice(POST_KINDS))
    honours = fields.List(Choice(AWARD_CATEGORIES))
    day = fields.Date(required=True)
    asked_at = Timestamp(required=True)
