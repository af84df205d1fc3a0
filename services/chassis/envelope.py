"""The CloudEvents 1.0 envelope every event travels in, in structured JSON mode.

Source: CloudEvents specification 1.0.2 with the extensions distributed tracing and sequence.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import marshmallow
from marshmallow import fields, validate

CONTENT_TYPE = "application/cloudevents+json"


class _EnvelopeSchema(marshmallow.Schema):
    class Meta:
        unknown = marshmallow.EXCLUDE

    specversion = fields.String(required=True, validate=validate.Equal("1.0"))
    id = fields.UUID(required=True)
    source = fields.String(required=True, validate=validate.Regexp(r"\A/[a-z]+\Z"))
    type = fields.String(required=True)
    time = fields.AwareDateTime(required=True)
    subject = fields.String(required=True)
    dataschema = fields.String(required=True)
    data = fields.Dict(required=True)
    sequence = fields.String(required=True, validate=validate.Regexp(r"\A\d+\Z"))
    correlationid = fields.String(load_default=None, allow_none=True)
    causationid = fields.String(load_default=None, allow_none=True)
    traceparent = fields.String(load_default=None, allow_none=True)


_SCHEMA = _EnvelopeSchema()


@dataclass
class ReceivedEvent:
    """An event as a handler sees it; `data` is typed by the event's schema, `raw` as it travelled."""

    id: UUID
    source: str
    type: str
    time: datetime
    subject: str
    sequence: int
    raw: dict[str, Any]
    data: dict[str, Any]
    correlation_id: str | None = None
    causation_id: str | None = None
    traceparent: str | None = None


def encode(source: str, row: Any, dataschema: str) -> bytes:
    """Return the body of the message that announces an outbox row."""
    envelope = {
        "specversion": "1.0",
        "id": str(row.id),
        "source": f"/{source}",
        "type": row.type,
        "time": row.time.isoformat().replace("+00:00", "Z"),
        "subject": row.subject,
        "dataschema": dataschema,
        "datacontenttype": "application/json",
        "sequence": f"{row.sequence:020d}",
        "correlationid": row.correlation_id,
        "data": row.data,
    }
    if row.causation_id:
        envelope["causationid"] = row.causation_id
    if row.traceparent:
        envelope["traceparent"] = row.traceparent
    return json.dumps(envelope, ensure_ascii=False, separators=(",", ":")).encode()


def decode(body: bytes | str) -> ReceivedEvent:
    """Read a message. Raises `ValueError` or `marshmallow.ValidationError` when it is no envelope."""
    loaded = _SCHEMA.load(json.loads(body))
    return ReceivedEvent(
        id=loaded["id"],
        source=loaded["source"][1:],
        type=loaded["type"],
        time=loaded["time"],
        subject=loaded["subject"],
        sequence=int(loaded["sequence"]),
        raw=loaded["data"],
        data={},
        correlation_id=loaded["correlationid"],
        causation_id=loaded["causationid"],
        traceparent=loaded["traceparent"],
    )
