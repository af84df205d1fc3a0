"""Trace context: read strictly, passed on always, exported only where an endpoint is set."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import eventlet
import eventlet.wsgi
import pytest
from hypothesis import given
from hypothesis import strategies as st
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from services.chassis.process import tracing
from services.chassis.process.tracing import TraceParent

TRACE, SPAN = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
HEADER = f"00-{TRACE}-{SPAN}-01"


@given(st.binary(min_size=16, max_size=16).filter(any), st.binary(min_size=8, max_size=8).filter(any), st.booleans())
def test_what_is_written_can_be_read(trace: bytes, span: bytes, sampled: bool) -> None:
    place = TraceParent(trace.hex(), span.hex(), int(sampled))

    assert tracing.parse(str(place)) == place


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "00",
        HEADER.upper(),
        f"ff-{TRACE}-{SPAN}-01",
        f"00-{TRACE}-{SPAN}-01-more",
        f"00-{'0' * 32}-{SPAN}-01",
        f"00-{TRACE}-{'0' * 16}-01",
        f"00-{TRACE[:-1]}-{SPAN}-01",
        HEADER + "\n",
        " " + HEADER,
    ],
)
def test_a_malformed_header_is_no_trace(header: str | None) -> None:
    assert tracing.parse(header) is None


def test_a_header_of_a_later_version_is_read_as_far_as_it_is_known() -> None:
    assert tracing.parse(f"01-{TRACE}-{SPAN}-03-more") == TraceParent(TRACE, SPAN, 1)


def test_a_child_is_a_new_place_in_the_same_trace() -> None:
    parent = tracing.new_trace()
    child = parent.child()

    assert child.trace_id == parent.trace_id
    assert child.span_id != parent.span_id
    assert tracing.parse(str(child)) == child


@pytest.mark.parametrize(("came", "passed"), [(HEADER, HEADER), (None, None), ("broken", None)])
def test_without_an_endpoint_the_context_is_passed_on_and_nothing_recorded(came, passed, monkeypatch) -> None:
    monkeypatch.delenv("OTEL_EXPORTER_OTLP_ENDPOINT", raising=False)

    with tracing.span("post.send", came) as span:
        span.rename("post.send_again")
        assert span.traceparent == passed

    assert not tracing.enabled()


@pytest.fixture
def received(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    """Spans that arrived at a collector of the test's own."""
    spans: list[Any] = []

    def collector(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        request = ExportTraceServiceRequest.FromString(environ["wsgi.input"].read())
        for resource in request.resource_spans:
            spans.extend(span for scope in resource.scope_spans for span in scope.spans)
        start_response("200 OK", [("Content-Type", "application/x-protobuf")])
        return [b""]

    socket = eventlet.listen(("127.0.0.1", 0))
    thread = eventlet.spawn(eventlet.wsgi.server, socket, collector, log_output=False)
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", f"http://127.0.0.1:{socket.getsockname()[1]}")
    yield spans
    tracing._provider().shutdown()
    tracing._provider.cache_clear()
    thread.kill()
    socket.close()


def test_a_span_is_exported_with_its_parent_and_handed_on(received: list[Any]) -> None:
    with (
        tracing.span("post.send", HEADER, kind="consumer", correlation_id="c1") as outer,
        tracing.span("post.stamp", outer.traceparent) as inner,
    ):
        inner.rename("post.seal")
    tracing.flush()

    by_name = {span.name: span for span in received}
    sent, sealed = by_name["post.send"], by_name["post.seal"]
    assert sent.trace_id.hex() == sealed.trace_id.hex() == TRACE
    assert (sent.parent_span_id.hex(), sealed.parent_span_id) == (SPAN, sent.span_id)
    assert tracing.parse(outer.traceparent) == TraceParent(TRACE, sent.span_id.hex(), 1)
    assert {item.key: item.value.string_value for item in sent.attributes} == {"gonghui.correlation_id": "c1"}


def test_work_for_several_stories_is_linked_to_them(received: list[Any]) -> None:
    other = tracing.new_trace()
    with tracing.span("post.sort", HEADER, kind="consumer", links=[str(other), None, "broken"]):
        pass
    tracing.flush()

    assert [link.trace_id.hex() for link in received[0].links] == [other.trace_id]


def test_an_error_is_marked_by_its_class_without_its_words(received: list[Any]) -> None:
    with pytest.raises(ValueError, match="13812345678"), tracing.span("post.fail"):
        raise ValueError("no member with 13812345678")
    tracing.flush()

    (span,) = received
    assert {item.key: item.value.string_value for item in span.attributes} == {"error.type": "ValueError"}
    assert b"13812345678" not in span.SerializeToString()
    assert span.status.code == 2


def test_without_a_context_a_new_trace_begins(received: list[Any]) -> None:
    with tracing.span("post.begin") as span:
        assert tracing.parse(span.traceparent) is not None
    tracing.flush()

    assert received[0].parent_span_id == b""
