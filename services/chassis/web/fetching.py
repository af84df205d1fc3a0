"""Asking other systems over HTTP: one deadline for the whole answer, a largest size, no redirects, no proxy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from services.chassis.rpc.deadline import within

_SILENCE = 10.0
"""Seconds without a byte after which an answer is given up before its deadline."""


class NotAnswered(Exception):
    """The other system gave no usable answer; the message continues a sentence that begins with its name."""


class TooLarge(NotAnswered):
    """The answer is larger than allowed."""


@dataclass(frozen=True)
class Answer:
    """An answer: its status and its whole body, unpacked."""

    status: int
    body: bytes


def fetch(
    address: str,
    *,
    seconds: float,
    largest: int,
    fields: Mapping[str, str] | None = None,
    body: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """Ask once and return the answer, whatever its status. Never call it inside a transaction.

    Args:
        address: of the other system, http or https; certificates are verified.
        seconds: from looking up the host to the last byte, however slowly it trickles in.
        largest: bytes of the body, unpacked.
        fields: of the query.
        body: makes it a POST.
        headers: of the request; they go to this address and nowhere else.

    Raises:
        NotAnswered: it did not answer in time, can't be reached, or its answer is too large.
    """
    answer: Answer | None = None
    # urllib3's time-outs, also its total, are for each read: a byte now and then would keep it going for ever.
    with within(seconds):
        answer = _asked(address, fields, body, dict(headers or {}), largest + 1)
    if answer is None:
        raise NotAnswered("did not answer in time")
    if len(answer.body) > largest:
        raise TooLarge("answered with too much")
    return answer


def _asked(
    address: str, fields: Mapping[str, str] | None, body: str | None, headers: dict[str, str], most: int
) -> Answer:
    import urllib3  # 4 MB that a union without such systems does without

    method = "GET" if body is None else "POST"
    asked = {"fields": dict(fields)} if fields else {}
    try:
        with urllib3.PoolManager(headers=headers, timeout=_SILENCE, retries=False) as pool:
            reply = pool.request(method, address, body=body, redirect=False, preload_content=False, **asked)
            return Answer(reply.status, reply.read(most))
    except (urllib3.exceptions.HTTPError, ValueError) as error:
        raise NotAnswered("can't be reached") from error
