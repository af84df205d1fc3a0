"""A collector of traces for tests: takes OpenTelemetry's protobuf over HTTP and keeps what it got."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import eventlet
import eventlet.wsgi
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest


class Span(NamedTuple):
    """One piece of work of a trace, and the service that did it."""

    service: str
    name: str
    trace: str
    id: str
    parent: str


@dataclass
class Collector:
    """Listens at `url`; `spans` is what arrived so far."""

    url: str
    spans: list[Span] = field(default_factory=list)

    def of(self, trace: str) -> list[Span]:
        """The spans of one trace."""
        return [span for span in self.spans if span.trace == trace]

    def take(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        """Answer one export; a WSGI application."""
        request = ExportTraceServiceRequest.FromString(environ["wsgi.input"].read())
        for resource in request.resource_spans:
            facts = {item.key: item.value.string_value for item in resource.resource.attributes}
            for scope in resource.scope_spans:
                self.spans += [
                    Span(
                        facts["service.name"], one.name, one.trace_id.hex(), one.span_id.hex(), one.parent_span_id.hex()
                    )
                    for one in scope.spans
                ]
        start_response("200 OK", [("Content-Type", "application/x-protobuf")])
        return [b""]


@contextmanager
def collecting() -> Iterator[Collector]:
    """Collect spans on a free loopback port while the block runs."""
    socket = eventlet.listen(("127.0.0.1", 0))
    collector = Collector(f"http://127.0.0.1:{socket.getsockname()[1]}")
    thread = eventlet.spawn(eventlet.wsgi.server, socket, collector.take, log_output=False)
    try:
        yield collector
    finally:
        thread.kill()
        socket.close()
