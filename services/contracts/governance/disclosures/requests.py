"""What can be asked about disclosures."""

from __future__ import annotations

from marshmallow import fields, validate

from services.chassis.schema import Choice, Line, PageRequest, Schema, Text, labelled
from services.contracts.governance.disclosures.vocabulary import (
    DISCLOSURE_FIELDS,
    DISCLOSURE_ORDERS,
    DISCLOSURE_PARTS,
    DISCLOSURE_STATES,
    QUESTIONS_SHOWN,
)
from services.contracts.governance.plan.requests import Year


class DisclosureRef(Schema):
    """One disclosure by id."""

    disclosure_id = fields.UUID(required=True)


@labelled(DISCLOSURE_FIELDS)
class PrepareDisclosure(Schema):
    """Which part of which year is disclosed; the figures are those of the ledger."""

    year = Year(required=True)
    part = Choice(DISCLOSURE_PARTS, required=True)
    note = Text(3000, load_default=None, allow_none=True)


@labelled(DISCLOSURE_FIELDS)
class ChangeDisclosure(DisclosureRef):
    """What is said about the figures; these are read again."""

    note = Text(3000, load_default=None, allow_none=True)
    version = fields.Integer(required=True, strict=True, validate=validate.Range(min=1))


@labelled(DISCLOSURE_FIELDS)
class ReturnDisclosure(DisclosureRef):
    """Why a disclosure goes back to who wrote it, or is taken down."""

    reason = Text(500, 2, required=True)


@labelled(DISCLOSURE_FIELDS)
class PublishDisclosure(DisclosureRef):
    """Whether members are notified."""

    notify = fields.Boolean(load_default=True)


@labelled(DISCLOSURE_FIELDS)
class ListDisclosures(PageRequest):
    """Which disclosures; members see the published ones."""

    year = Year(load_default=None, allow_none=True)
    state = Choice(DISCLOSURE_STATES, load_default=None, allow_none=True)
    sort = Choice(DISCLOSURE_ORDERS, load_default="-period")


@labelled(DISCLOSURE_FIELDS)
class ListPublishedDisclosures(PageRequest):
    """The published disclosures of a year, or of all."""

    year = Year(load_default=None, allow_none=True)
    sort = Choice(DISCLOSURE_ORDERS, load_default="-period")


class ListDisclosureLines(PageRequest, DisclosureRef):
    """The budget lines of a disclosure."""


@labelled(DISCLOSURE_FIELDS)
class AskDisclosure(DisclosureRef):
    """A member's question about a published disclosure; whose it is, is told to nobody but who answers."""

    text = Text(500, 5, required=True)


class DisclosureQuestionRef(Schema):
    """One question by id."""

    question_id = fields.UUID(required=True)


@labelled(DISCLOSURE_FIELDS)
class AnswerDisclosure(DisclosureQuestionRef):
    """The answer, which all members read with the question."""

    answer = Text(2000, 2, required=True)


@labelled(DISCLOSURE_FIELDS)
class DeclineDisclosure(DisclosureQuestionRef):
    """Why a question is neither answered nor shown; its author reads it."""

    reason = Text(500, 2, required=True)


@labelled(DISCLOSURE_FIELDS)
class ListDisclosureQuestions(PageRequest):
    """Questions, of one disclosure or of all; members see the answered ones and their own."""

    disclosure_id = fields.UUID(load_default=None, allow_none=True)
    show = Choice(QUESTIONS_SHOWN, load_default="all")
    q = Line(60, load_default=None, allow_none=True)
    ids = fields.List(fields.UUID(), load_default=None, allow_none=True, validate=validate.Length(max=100))
