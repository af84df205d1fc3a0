"""Shapes of requests by receipt code, for applicants without account. The operations are in `operations`."""

from marshmallow import fields

from services.chassis.schema import Choice, Schema, Text, label
from services.contracts.membership.consents import consent_version
from services.contracts.membership.joining.applications import APPLICATION_STATES, ApplicationStep, EmploymentTerms
from services.contracts.membership.record.attachments import DocumentUpload, PhotoUpload

BY_RECEIPT = ("attach", "submit")


class FollowApplication(Schema):
    """Identifies an application of an applicant without account: its id and the code given when it was made."""

    application_id = fields.UUID(required=True, metadata=label("申请编号"))
    receipt_code = Text(20, 8, required=True, metadata=label("查询码"))


class GivenFile(Schema):
    """A file of an application without its name, which might contain personal data."""

    id = fields.UUID(required=True)
    kind = fields.String(required=True)
    size = fields.Integer(required=True)


class ApplicationStanding(Schema):
    """The state of an application, without personal data.

    `actions`: what the holder of the code may do now: "attach" photo and documents, or "submit" a returned one again.
    """

    application_id = fields.UUID(required=True)
    state = Choice(APPLICATION_STATES, required=True)
    steps = fields.List(fields.Nested(ApplicationStep), required=True)
    number = fields.String(allow_none=True, load_default=None)
    terms = fields.Nested(EmploymentTerms, allow_none=True, load_default=None)
    files = fields.List(fields.Nested(GivenFile), load_default=list)
    actions = fields.List(fields.String(), load_default=list)


class AttachWithReceipt(FollowApplication, DocumentUpload):
    """A document for the application."""


class ReplacePhotoWithReceipt(FollowApplication, PhotoUpload):
    """The photo of the application, replacing the earlier one, with consent to its use."""

    consent_version = consent_version(required=True)


class DetachWithReceipt(FollowApplication):
    """The file of the application to be deleted."""

    file_id = fields.UUID(required=True)
