"""Traces: W3C trace context through HTTP, RPC and events, exported by OTLP where an endpoint is set.

Without `OTEL_EXPORTER_OTLP_ENDPOINT` nothing is recorded, and an incoming trace context is passed on unchanged.
Spans carry names from the code and the class of an error, never values or messages.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, Protocol

Kind = Literal["server", "client", "producer", "consumer", "internal"]

_ENDPOINTS = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
_FORM = re.compile(r"([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?")
_SAMPLED = 0x01


@dataclass(frozen=True)
class TraceParent:
    """A trace context, as sent in the header `traceparent`.

    Source: W3C Trace Context, section 3.2.
    """

    trace_id: str
    span_id: str
    flags: int = _SAMPLED

    @property
    def sampled(self) -> bool:
        """Whether the caller records this trace."""
        return bool(self.flags & _SAMPLED)

    def child(self) -> TraceParent:
        """Return a context of a new span in the same trace."""
        return TraceParent(self.trace_id, os.urandom(8).hex(), self.flags)

    def __str__(self) -> str:
        return f"00-{self.trace_id}-{self.span_id}-{self.flags:02x}"


def parse(header: str | None) -> TraceParent | None:
    """Parse a header; None when it is absent or malformed, because tracing must never make a request fail."""
    match = _FORM.fullmatch(header or "")
    if not match:
        return None
    version, trace_id, span_id, flags, rest = match.groups()
    if version == "ff" or (version == "00" and rest) or not int(trace_id, 16) or not int(span_id, 16):
        return None
    return TraceParent(trace_id, span_id, int(flags, 16) & _SAMPLED)


def new_trace() -> TraceParent:
    """Return the context of a new trace."""
    return TraceParent(os.urandom(16).hex(), os.urandom(8).hex())


class Span(Protocol):
    """A span of a trace."""

    @property
    def traceparent(self) -> str | None:
        """The context to send with calls and events."""

    def rename(self, name: str) -> None:
        """Replace the name."""


class _Passing:
    """Records nothing and passes on the incoming context."""

    __slots__ = ("traceparent",)

    def __init__(self, traceparent: str | None) -> None:
        self.traceparent = traceparent

    def rename(self, name: str) -> None:
        """Do nothing: nothing is recorded."""


class _Recorded:
    def __init__(self, span: Any) -> None:
        self._span = span
        context = span.get_span_context()
        place = TraceParent(f"{context.trace_id:032x}", f"{context.span_id:016x}", int(context.trace_flags) & _SAMPLED)
        self.traceparent: str | None = str(place)

    def rename(self, name: str) -> None:
        self._span.update_name(name)


def enabled() -> bool:
    """Whether spans are recorded and exported."""
    return any(os.environ.get(name) for name in _ENDPOINTS)


@contextmanager
def span(
    name: str,
    traceparent: str | None = None,
    *,
    kind: Kind = "server",
    correlation_id: str | None = None,
    links: Iterable[str | None] = (),
    recorded: bool = True,
) -> Iterator[Span]:
    """Record the block as one span.

    Args:
        name: from the code, such as `membership.list_members`.
        traceparent: the trace context that came in; a new trace begins when absent or malformed.
        kind: OpenTelemetry's kind of span.
        correlation_id: an attribute of the span.
        links: trace contexts of other requests that the block also works for; malformed ones are left out.
        recorded: False for what must leave no trace; the trace context that came in is dropped.
    """
    if not recorded or not enabled():
        yield _Passing(traceparent if recorded and parse(traceparent) else None)
        return
    others = [place for place in map(parse, links) if place is not None]
    begun = _start(name, parse(traceparent), kind, correlation_id, others)
    try:
        yield _Recorded(begun)
    except BaseException as error:
        _note_error(begun, error)
        raise
    finally:
        begun.end()


def flush(seconds: float = 5.0) -> None:
    """Export the recorded spans; called before a process ends."""
    if enabled():
        _provider().force_flush(int(seconds * 1000))


@lru_cache(maxsize=1)
def _provider() -> Any:
    # Imported here: the SDK costs memory and start-up time, which a process without tracing does not need.
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import SERVICE_NAME, Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    resource = Resource.create({SERVICE_NAME: os.environ.get("OTEL_SERVICE_NAME", "gonghui")})
    provider = TracerProvider(resource=resource)
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    return provider


def _start(
    name: str, parent: TraceParent | None, kind: Kind, correlation_id: str | None, others: list[TraceParent]
) -> Any:
    from opentelemetry import trace
    from opentelemetry.context import Context

    def place_of(place: TraceParent) -> trace.SpanContext:
        flags = trace.TraceFlags(place.flags)
        return trace.SpanContext(int(place.trace_id, 16), int(place.span_id, 16), is_remote=True, trace_flags=flags)

    context = Context()
    if parent is not None:
        context = trace.set_span_in_context(trace.NonRecordingSpan(place_of(parent)), context)
    return (
        _provider()
        .get_tracer("gonghui")
        .start_span(
            name,
            context=context,
            kind=trace.SpanKind[kind.upper()],
            attributes={"gonghui.correlation_id": correlation_id} if correlation_id else None,
            links=[trace.Link(place_of(other)) for other in others],
        )
    )


def _note_error(recorded: Any, error: BaseException) -> None:
    from opentelemetry.trace import Status, StatusCode

    recorded.set_attribute("error.type", type(error).__name__)
    recorded.set_status(Status(StatusCode.ERROR))
