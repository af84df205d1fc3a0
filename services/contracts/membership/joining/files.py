"""Shapes of the files of an application. The operations are in `operations`."""

from marshmallow import fields

from services.chassis.schema import Schema, Text
from services.contracts.membership.consents import consent_version
from services.contracts.membership.joining.applications import MoveApplication
from services.contracts.membership.record.attachments import DocumentUpload, PhotoUpload


class AttachToApplication(MoveApplication, DocumentUpload):
    """A document for the application."""


class ReplaceApplicationPhoto(MoveApplication, PhotoUpload):
    """The photo of the application, replacing the earlier one, with consent to its use."""

    consent_version = consent_version(required=True)


class ApplicationFileRef(Schema):
    """One file of an application."""

    application_id = fields.UUID(required=True)
    file_id = fields.UUID(required=True)


class OpenApplicationFile(ApplicationFileRef):
    """One document of an application, for a purpose, which is logged unless it is one's own."""

    purpose = Text(200, 2, load_default=None, allow_none=True)
