"""Shapes of what an applicant without account does by the receipt code. The operations are in `operations`."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import Choice, Schema, Text
from services.contracts.membership.consents import consent_version
from services.contracts.membership.joining.applications import STATES, ApplicationStep, EmploymentTerms
from services.contracts.membership.record.attachments import DocumentUpload, PhotoUpload

BY_RECEIPT = ("attach", "submit")


class FollowApplication(Schema):
    """Where an application stands, for an applicant without account: its id and the code given when it was made."""

    application_id = fields.UUID(required=True)
    receipt_code = Text(20, 8, required=True)


class GivenFile(Schema):
    """A file of an application without the name it was given, which may say anything."""

    id = fields.UUID(required=True)
    kind = fields.String(required=True)
    size = fields.Integer(required=True)


class ApplicationStanding(Schema):
    """Where an application stands, without personal data.

    `actions`: what the holder of the code may do now, "attach" photo and documents or "submit" again what was returned.
    """

    application_id = fields.UUID(required=True)
    state = Choice(STATES, required=True)
    steps = fields.List(fields.Nested(ApplicationStep), required=True)
    number = fields.String(allow_none=True, load_default=None)
    terms = fields.Nested(EmploymentTerms, allow_none=True, load_default=None)
    files = fields.List(fields.Nested(GivenFile), load_default=list)
    actions = fields.List(fields.String(), load_default=list)


class AttachWithReceipt(FollowApplication, DocumentUpload):
    """A document for the application."""


class ReplacePhotoWithReceipt(FollowApplication, PhotoUpload):
    """The photo of the application, in place of the one before; agreeing to its use comes with it."""

    consent_version = consent_version(required=True)


class DetachWithReceipt(FollowApplication):
    """One file of the application that is to go."""

    file_id = fields.UUID(required=True)
