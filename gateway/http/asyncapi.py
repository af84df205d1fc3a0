"""The AsyncAPI 3 document of all events: servers, permissions, channels and messages.

Belongs here: the document, and serving it. Not: advice for subscribers (`subscription_advice`).
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response

from gateway.http import subscription_advice
from gateway.http.event_schemas import answer_document, data_schema, summary
from services.chassis.events.envelope import CONTENT_TYPE
from services.chassis.process.settings import settings
from services.chassis.schema import Event
from services.contracts.catalogue import known_events

PATH = "/asyncapi.json"
_USER = {"$ref": "#/components/securitySchemes/brokerUser"}
EXAMPLE_ID = "018f3b7a-9a10-7c3e-8b11-5a2f6f6fffff"
EXAMPLE_TIME = "2023-03-01T01:30:00Z"


def example(event: type[Event]) -> dict[str, Any]:
    """Return the message of an event with its example data."""
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


def document(servers: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return the AsyncAPI 3 document: a channel per type, a message per version of it, and a subscriber's own queue.

    Args:
        servers: addresses of the broker; addresses with variables when absent.
    """
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
    channels["subscriber-queue"] = subscription_advice.queue_channel()
    channels["subscriber-dead-letters"] = subscription_advice.dead_letter_channel()
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Gonghui events",
            "version": "1.1.0",
            "description": "Facts announced by the services of a university trade union: CloudEvents 1.0 on RabbitMQ."
            " Events carry identifiers, never personal, health or family data. How to listen: the channel"
            " `subscriber-queue`.",
            "license": {"name": "Apache-2.0", "url": "https://www.apache.org/licenses/LICENSE-2.0"},
        },
        "defaultContentType": CONTENT_TYPE,
        "servers": servers_anywhere() if servers is None else servers,
        "channels": channels,
        "operations": operations,
        "components": {"messages": messages, "securitySchemes": {"brokerUser": _BROKER_USER}},
    }


def servers_anywhere() -> dict[str, Any]:
    """Return servers of an unknown installation, with and without TLS: addresses with variables."""
    return {
        "broker-tls": {
            "protocol": "amqps",
            "description": "RabbitMQ over TLS; verify its certificate and its name. For every network but one's own.",
            **_address_with_variables("5671"),
        },
        "broker": {
            "protocol": "amqp",
            "description": "RabbitMQ in the clear, passwords included: only within the machine or an isolated network.",
            **_address_with_variables("5672"),
        },
    }


def servers_here() -> dict[str, Any]:
    """Return the servers of this installation: its public broker address; none for the embedded broker."""
    address = settings().public_amqp_url
    if not address:
        return {} if settings().embedded else servers_anywhere()
    parts = urlsplit(address)
    name = "broker-tls" if parts.scheme == "amqps" else "broker"
    told = servers_anywhere()[name]
    del told["variables"]
    return {name: {**told, "host": parts.netloc, "pathname": parts.path or "/"}}


def _address_with_variables(port: str) -> dict[str, Any]:
    return {
        "host": "{host}:{port}",
        "pathname": "/{vhost}",
        "protocolVersion": "0.9.1",
        "variables": {
            "host": {"default": "localhost", "description": "The broker's name, as its certificate says it."},
            "port": {"default": port},
            "vhost": {"default": "gonghui", "description": "The virtual host of the union."},
        },
        "security": [_USER],
    }


_BROKER_USER = {
    "type": "userPassword",
    "description": "The broker user of the system (SASL PLAIN), made by who runs the broker; not the account for HTTP.",
}


def _channel(event: type[Event]) -> dict[str, Any]:
    exchange = {"name": f"{event.source}.events", "type": "topic", "durable": True}
    return {
        "address": event.type,
        "title": f"{event.source}: {event.type}",
        "description": summary(event),
        "messages": {},
        "bindings": {"amqp": {"is": "routingKey", "exchange": exchange, "bindingVersion": "0.3.0"}},
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


def install(app: Flask) -> None:
    """Serve the document publicly, with the servers of this installation."""
    app.add_url_rule(PATH, "asyncapi", _serve)


def _serve() -> Response:
    return answer_document(_body(settings().public_amqp_url, settings().embedded), "application/json")


@cache
def _body(_public_amqp_url: str, _embedded: bool) -> bytes:
    return json.dumps(document(servers_here()), ensure_ascii=False, indent=1).encode()
