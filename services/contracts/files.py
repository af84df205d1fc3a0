"""Files in requests and answers.

Bytes are base64 in the message, so that a file is sent like all other data; limits keep messages small.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable
from typing import Any

from marshmallow import fields, validate

from services.chassis.schema import InputError, Schema, Text, Vocabulary, invalid

TABLE_FORMATS = Vocabulary("table_format", {"xlsx": "Excel (.xlsx)", "csv": "CSV UTF-8", "csv-gb18030": "CSV GB18030"})
PLAIN_FORMATS = TABLE_FORMATS.only("xlsx", "csv")

PHOTO_TYPES = ("image/jpeg", "image/png")
DOCUMENT_TYPES = ("application/pdf", *PHOTO_TYPES)
LARGEST = 10 * 1024 * 1024
"""Bytes of the largest file in a message; brokers refuse messages of 16 MiB."""


class Content(fields.String):
    """The bytes of a file, base64 in JSON.

    Args:
        maximum: bytes at most.
    """

    def __init__(self, maximum: int = LARGEST, **kwargs: Any) -> None:
        self.maximum = maximum
        super().__init__(**kwargs)

    def _too_large(self) -> Exception:
        return invalid("file.too_large", f"A file may have {self.maximum} bytes at most.", max=self.maximum)

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return None if value is None else base64.b64encode(value).decode("ascii")

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if isinstance(value, bytes):
            content = value
        else:
            text = super()._deserialize(value, attr, data, **kwargs)
            if len(text) > (self.maximum + 2) // 3 * 4:
                raise self._too_large()
            try:
                content = base64.b64decode(text, validate=True)
            except (binascii.Error, ValueError):
                raise invalid("file.unreadable", "Not base64.") from None
        if not content:
            raise invalid("file.empty", "The file is empty.")
        if len(content) > self.maximum:
            raise self._too_large()
        return content


def FileName(**kwargs: Any) -> fields.String:  # noqa: N802  makes a field, and reads as such
    """A file name: 1 to 200 characters, no path, no control characters, none that reorder the text."""
    plain = validate.Regexp(r"\A[^/\\\"\x00-\x1f\x7f]+\Z", error=InputError("file.name_unusable", "Not a file's name."))
    return Text(200, 1, characters=plain, **kwargs)


def MediaType(allowed: Iterable[str], **kwargs: Any) -> fields.String:  # noqa: N802
    """One of the accepted media types."""
    return fields.String(validate=validate.OneOf(list(allowed)), **kwargs)


class FileContent(Schema):
    """A file in an answer."""

    name = FileName(required=True)
    media_type = fields.String(required=True)
    content = Content(required=True)
