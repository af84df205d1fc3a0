"""Declares operations that several services offer alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from services.chassis.schema import Operation, Reach, Schema, command, query

Row = tuple[str, type[Schema], type[Schema], frozenset[str], Literal["command", "query"], str, str, Mapping[str, Reach]]
"""Name, request, reply, roles, kind, summary, title and reach of an operation."""


def declared(service: str, rows: Iterable[Row]) -> list[Operation]:
    """Return the operations of one service, in order; the gateway answers its own itself, never over RPC."""
    if service == "gateway":
        return [Operation("gateway", *row) for row in rows]
    return [
        (query if kind == "query" else command)(
            service, name, request=request, reply=reply, allow=allow, doc=doc, title=title, reach=reach
        )
        for name, request, reply, allow, kind, doc, title, reach in rows
    ]
