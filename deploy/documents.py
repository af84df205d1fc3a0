"""The documents outsiders build on: JSON Schemas and examples of every event, AsyncAPI 3, OpenAPI 3.1.

They are committed; a test holds them equal to what the code promises.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gateway.documents import openapi_document
from gateway.event_schemas import data_schema, summary
from services.chassis.envelope import CONTENT_TYPE
from services.chassis.schema import Event
from services.contracts.catalogue import known_events

EXAMPLE_ID = "018f3b7a-9a10-7c3e-8b11-5a2f6f6fffff"
EXAMPLE_TIME = "2023-03-01T01:30:00Z"


def example(event: type[Event]) -> dict[str, Any]:
    """Return an event as it travels, with its example data."""
    data = event(**event.load(event.example)).payload()
    return {
        "specversion": "1.0",
        "id": EXAMPLE_ID,
        "source": f"/{event.source}",
        "type": event.type,
        "time": EXAMPLE_TIME,
        "subject": event.subject.format(**data),
        "dataschema": event.dataschema(),
        "datacontenttype": "application/json",
        "sequence": f"{1:020d}",
        "correlationid": "018f3b7a-9a10-7c3e-8b11-5a2f6f6ffffe",
        "data": data,
    }


def envelope_schema(event: type[Event]) -> dict[str, Any]:
    """Return the JSON Schema of the whole message of an event."""
    text: dict[str, Any] = {"type": "string"}
    return {
        "type": "object",
        "required": ["specversion", "id", "source", "type", "time", "subject", "dataschema", "sequence", "data"],
        "properties": {
            "specversion": {"const": "1.0"},
            "id": {"type": "string", "format": "uuid", "description": "The same for every delivery of this event."},
            "source": {"const": f"/{event.source}"},
            "type": {"const": event.type},
            "time": {"type": "string", "format": "date-time"},
            "subject": {**text, "description": f"What it is about: {event.subject}"},
            "dataschema": {
                **text,
                "format": "uri",
                "description": "Of the data: where the schema can be fetched, or its name where no address is set.",
            },
            "datacontenttype": {"const": "application/json"},
            "sequence": {**text, "pattern": "^[0-9]{20}$", "description": "Counts the events of this subject."},
            "correlationid": {**text, "description": "The story this belongs to."},
            "causationid": {**text, "description": "The event that caused this one."},
            "traceparent": {**text, "description": "W3C trace context."},
            "data": {key: value for key, value in data_schema(event).items() if not key.startswith("$")},
        },
    }


def asyncapi() -> dict[str, Any]:
    """Return the AsyncAPI 3 document of all events: a channel per type, a message per version of it."""
    channels: dict[str, Any] = {}
    operations: dict[str, Any] = {}
    messages: dict[str, Any] = {}
    for event in known_events():
        channel, version = f"{event.source}-{event.type}", f"v{event.version}"
        messages[f"{channel}-{version}"] = _message(event)
        described = channels.setdefault(channel, _channel(event))
        described["messages"][version] = {"$ref": f"#/components/messages/{channel}-{version}"}
        operations[f"announce-{channel}"] = {
            "action": "send",
            "channel": {"$ref": f"#/channels/{channel}"},
            "summary": summary(event).split(". ")[0],
        }
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Gonghui events",
            "version": "1.0.0",
            "description": "Facts announced by the services of a university trade union: CloudEvents 1.0 on RabbitMQ."
            " Events carry identifiers, never personal, health or family data.",
            "license": {"name": "Apache-2.0", "url": "https://www.apache.org/licenses/LICENSE-2.0"},
        },
        "defaultContentType": CONTENT_TYPE,
        "channels": channels,
        "operations": operations,
        "components": {"messages": messages},
    }


def _channel(event: type[Event]) -> dict[str, Any]:
    exchange = {"name": f"{event.source}.events", "type": "topic", "durable": True}
    return {
        "address": event.type,
        "title": f"{event.source}: {event.type}",
        "description": summary(event),
        "messages": {},
        "bindings": {"amqp": {"is": "routingKey", "exchange": exchange}},
    }


def _message(event: type[Event]) -> dict[str, Any]:
    return {
        "name": event.type,
        "title": event.type,
        "summary": summary(event),
        "contentType": CONTENT_TYPE,
        "payload": envelope_schema(event),
        "examples": [{"name": "example", "payload": example(event)}],
    }


def openapi() -> dict[str, Any]:
    """Return the OpenAPI 3.1 document the gateway serves."""
    return openapi_document()


def documents() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every document with its path below docs/."""
    for event in known_events():
        name = f"{event.source}/{event.type}.v{event.version}.json"
        yield f"schemas/{name}", data_schema(event)
        yield f"examples/{name}", example(event)
    yield "asyncapi.json", asyncapi()
    yield "openapi.json", openapi()


def write_documents(folder: Path, *, check: bool = False) -> list[str]:
    """Write the documents that differ and return their paths; with `check` only compare.

    A schema or example that the code no longer knows is removed: an event is retired, never silently dropped.
    """
    stale = []
    expected = dict(documents())
    for name, document in expected.items():
        path = folder / name
        text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
            if not check:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
    for kind in ("schemas", "examples"):
        for path in sorted((folder / kind).rglob("*.json")):
            name = path.relative_to(folder).as_posix()
            if name not in expected:
                stale.append(name)
                if not check:
                    path.unlink()
    return stale
