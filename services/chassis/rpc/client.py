"""RPC client with deadlines, and replies without publisher confirms.

Requests and replies are transient and unconfirmed, because the caller has a deadline. A request that was not received
in time is dropped by the broker (expiration) or the service (deadline header), so no late command is executed.

Requests that can be executed twice, queries and commands with an idempotency key, are sent again before the deadline
(see `resending`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import Any

import eventlet
from eventlet.event import Event as Signal
from kombu import Connection, Producer, serialization
from kombu.exceptions import OperationalError
from kombu.pools import producers
from kombu.utils.json import loads
from nameko.amqp.publish import Publisher
from nameko.constants import AMQP_URI_CONFIG_KEY
from nameko.extensions import SharedExtension
from nameko.messaging import QueueConsumer
from nameko.rpc import ReplyListener, Responder, Rpc, RpcConsumer, get_rpc_exchange

from services.chassis.broker import publisher
from services.chassis.clock import now
from services.chassis.errors import DeadlineExceeded, Problem, Unavailable
from services.chassis.json_bytes import encode
from services.chassis.process import logs
from services.chassis.process.settings import settings
from services.chassis.rpc.context import CallContext
from services.chassis.rpc.resending import Repeats, Requests
from services.chassis.schema import Operation

TRANSIENT = 1
_RETRY = {"max_retries": 2, "interval_start": 0, "interval_step": 0.2, "interval_max": 0.5}

# nameko writes each reply twice, to see whether it can be written; kombu's own JSON takes twenty times as long.
serialization.register("json", encode, loads, content_type="application/json", content_encoding="utf-8")

log = logs.get_logger(__name__)


class FaultTolerantQueueConsumer(QueueConsumer):
    """A consumer that survives the loss of the broker between a message and its acknowledgement.

    In nameko's own consumer the socket error kills the container. A lost connection needs no ack: the broker has
    requeued the message.
    """

    def ack_message(self, message: Any) -> None:
        publisher.answer(message, "ack", self.container.service_name)

    def requeue_message(self, message: Any) -> None:
        publisher.answer(message, "requeue", self.container.service_name)

    def on_decode_error(self, message: Any, exc: Exception) -> None:
        """Drop a message that can't be decoded; kombu's own handler would log its body."""
        service, size = self.container.service_name, len(message.body or "")
        log.warning("undecodable_message_dropped", service=service, bytes=size, error=type(exc).__name__)
        self.ack_message(message)


class FaultTolerantReplyListener(ReplyListener):
    """Listens for replies through the fault-tolerant consumer."""

    queue_consumer = FaultTolerantQueueConsumer()


class RpcClient(SharedExtension):
    """Calls operations of other services. One per container, with one reply queue."""

    listener = FaultTolerantReplyListener()

    def setup(self) -> None:
        uri = self.container.config[AMQP_URI_CONFIG_KEY]
        self._link = Connection(uri, transport_options={"confirm_publish": False}, connect_timeout=5)
        self._exchange = get_rpc_exchange(self.container.config)
        self._repeats = Repeats(possible=not settings().embedded)

    def call(
        self, operation: Operation, payload: Mapping[str, Any], context: CallContext, deadline: float | None = None
    ) -> dict[str, Any]:
        """Ask the owning service and return its reply.

        Args:
            operation: the operation to call.
            payload: typed or JSON values of the operation's request schema.
            context: who asks, correlation id and the rest of the call context.
            deadline: seconds to wait; the setting RPC_DEADLINE when absent, never longer than the context's own.

        Raises:
            DeadlineExceeded: no answer in time; a command may or may not have been executed.
            Unavailable: the broker cannot be reached.
            Problem: whatever the service answered with.
        """
        seconds = settings().rpc_deadline if deadline is None else deadline
        left = context.seconds_left
        seconds = max(0.01, seconds if left is None else min(seconds, left))
        context = replace(context, deadline=now().timestamp() + seconds)
        answer, requests = Signal(), Requests(self.listener._reply_events)
        try:
            with eventlet.Timeout(seconds, False):
                self._send(operation, payload, context, requests.new(answer), seconds)
                if operation.kind == "query" or context.idempotency_key is not None:
                    for left in self._repeats.due(answer, seconds):
                        log.info("asked_again", operation=operation.id)
                        self._send(operation, payload, context, requests.new(answer), left)
                return _opened(answer.wait())
            raise DeadlineExceeded(
                f"{operation.service} did not answer in time.", params={"service": operation.service}
            )
        finally:
            requests.forget()

    def _send(
        self,
        operation: Operation,
        payload: Mapping[str, Any],
        context: CallContext,
        correlation_id: str,
        seconds: float,
    ) -> None:
        body = encode({"args": [], "kwargs": {"payload": payload}})
        try:
            with producers[self._link].acquire(block=True) as producer, _whole(producer):
                producer.publish(
                    body,
                    content_type="application/json",
                    content_encoding="utf-8",
                    exchange=self._exchange,
                    routing_key=operation.id,
                    # A call before any service has started would close the channel, and the next call on it would fail.
                    declare=[self._exchange],
                    reply_to=self.listener.routing_key,
                    correlation_id=correlation_id,
                    headers={f"nameko.{key}": value for key, value in context.to_headers(operation.id).items()},
                    delivery_mode=TRANSIENT,
                    expiration=seconds,
                    retry=True,
                    retry_policy=_RETRY,
                )
        except (OSError, OperationalError, *self._link.connection_errors) as error:
            raise Unavailable("The message broker cannot be reached.", params={"service": operation.service}) from error


@contextmanager
def _whole(producer: Producer) -> Iterator[None]:
    """Drop the connection when the deadline passes within a message: a partial frame would corrupt the next one."""
    try:
        yield
    except eventlet.Timeout:
        producer.connection.collect()
        raise


def _opened(answer: Mapping[str, Any]) -> dict[str, Any]:
    if answer.get("error"):
        raise Problem("The service could not read the call.", code="bad_call", params={"error": answer["error"]})
    result: dict[str, Any] = answer["result"]
    if "problem" in result:
        raise Problem.from_wire(result["problem"])
    reply: dict[str, Any] = result["ok"]
    return reply


class UnconfirmedPublisher(Publisher):
    """Publishes replies: transient and unconfirmed."""

    use_confirms = False
    delivery_mode = TRANSIENT
    retry_policy = _RETRY


class UnconfirmedResponder(Responder):
    """Answers through the unconfirmed publisher."""

    publisher_cls = partial(UnconfirmedPublisher, use_confirms=False)


class UnconfirmedRpcConsumer(RpcConsumer):
    """Replies without waiting for confirms; undeliverable replies are dropped, because the caller has a deadline."""

    queue_consumer = FaultTolerantQueueConsumer()

    def handle_result(self, message: Any, result: Any, exc_info: Any) -> tuple[Any, Any]:
        responder = UnconfirmedResponder(
            self.container.config[AMQP_URI_CONFIG_KEY],
            get_rpc_exchange(self.container.config),
            "json",
            message,
        )
        try:
            result, exc_info = responder.send_response(result, exc_info)
        except Exception as error:
            log.warning("reply_dropped", service=self.container.service_name, error=type(error).__name__)
        self.queue_consumer.ack_message(message)
        return result, exc_info


class OperationEntrypoint(Rpc):
    """Receives calls of one operation."""

    rpc_consumer = UnconfirmedRpcConsumer()

    def __init__(self, operation: Operation, **kwargs: Any) -> None:
        self.operation = operation
        super().__init__(**kwargs)

    def handle_message(self, body: Any, message: Any) -> None:
        deadline = message.headers.get("nameko.deadline")
        if deadline is not None and deadline < now().timestamp():
            self.rpc_consumer.queue_consumer.ack_message(message)
            log.info("stale_call_dropped", operation=self.operation.id)
            return
        super().handle_message(body, message)
