"""The CloudEvents 1.0 envelope of events, in structured JSON mode.

Source: CloudEvents specification 1.0.2 with the extensions distributed tracing and sequence.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from services.chassis import json_bytes
from services.chassis.process.settings import settings
from services.chassis.schema import schema_path, schema_urn

CONTENT_TYPE = "application/cloudevents+json"
_REQUIRED = ("specversion", "id", "source", "type", "time", "subject", "dataschema", "sequence")
_SOURCE = re.compile(r"\A/[a-z]+\Z")
_SEQUENCE = re.compile(r"\A[0-9]{1,20}\Z")
_FORBIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
"""Control characters and halves of surrogate pairs (CloudEvents 1.0.2, type String)."""


@dataclass
class ReceivedEvent:
    """A received event; `data` is loaded by the event's schema, `raw` is the JSON as received."""

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


def dataschema_of(source: str, type: str, version: int) -> str:
    """Return the absolute URI of an event's schema: its URL where a public address is set, else its name.

    CloudEvents 1.0.2 requires a URI, not a reference: the official SDK for JavaScript refuses relative ones.
    """
    public = settings().public_url
    return public + schema_path(source, type, version) if public else schema_urn(source, type, version)


def encode(source: str, row: Any) -> bytes:
    """Return the message body for an outbox row."""
    envelope = {
        "specversion": "1.0",
        "id": str(row.id),
        "source": f"/{source}",
        "type": row.type,
        "time": row.time.isoformat().replace("+00:00", "Z"),
        "subject": row.subject,
        "dataschema": dataschema_of(source, row.type, row.version),
        "datacontenttype": "application/json",
        "sequence": f"{row.sequence:020d}",
        "correlationid": row.correlation_id,
        "data": row.data,
    }
    if row.causation_id:
        envelope["causationid"] = row.causation_id
    if row.traceparent:
        envelope["traceparent"] = row.traceparent
    return json_bytes.encode(envelope)


def decode(body: bytes | str) -> ReceivedEvent:
    """Parse a message. Raises `ValueError`, which names the attribute, when it is no envelope.

    Checked without marshmallow, which would cost more than all other work on a received event.
    """
    envelope = json.loads(body)
    if not isinstance(envelope, dict):
        raise ValueError("an envelope is a JSON object")
    texts = {name: _text(envelope, name) for name in _REQUIRED}
    if texts["specversion"] != "1.0":
        raise ValueError("specversion: only 1.0 is understood")
    if not _SOURCE.match(texts["source"]):
        raise ValueError("source: not one of ours")
    if not _SEQUENCE.match(texts["sequence"]):
        raise ValueError("sequence: not a number")
    if not isinstance(envelope.get("data"), dict):
        raise ValueError("data: not an object")
    return ReceivedEvent(
        id=UUID(texts["id"]),
        source=texts["source"][1:],
        type=texts["type"],
        time=_moment(texts["time"]),
        subject=texts["subject"],
        sequence=int(texts["sequence"]),
        raw=envelope["data"],
        data={},
        correlation_id=_text(envelope, "correlationid", required=False),
        causation_id=_text(envelope, "causationid", required=False),
        traceparent=_text(envelope, "traceparent", required=False),
    )


def _text(envelope: dict[str, Any], name: str, *, required: bool = True) -> Any:
    value = envelope.get(name)
    if isinstance(value, str):
        if _FORBIDDEN.search(value):
            raise ValueError(f"{name}: a character that no attribute may hold")
        return value
    if value is None and not required:
        return None
    raise ValueError(f"{name}: {'missing' if value is None else 'not a text'}")


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("time: without a zone")
    return moment
