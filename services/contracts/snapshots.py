"""Snapshots, from which a subscriber begins: pages of the present state, each row with the sequence of its subject.

Belongs here: what all snapshots share. A subscriber declares and binds its queue first, then reads every page, then
applies the events of its queue except those whose `sequence` is not greater than that of the row of their subject.
"""

from __future__ import annotations

from functools import cache

from marshmallow import fields, validate

from services.chassis.schema import PageRequest, Schema, Timestamp

MOST_ROWS = 1000


class SnapshotRequest(PageRequest):
    """Which page; rows are ordered by id, so that inserted and deleted rows do not shift pages."""

    limit = fields.Integer(load_default=500, validate=validate.Range(min=1, max=MOST_ROWS))


def event_sequence() -> fields.Integer:
    """The number of its subject's events that a row contains at least; 0 when there was none. It may contain more."""
    return fields.Integer(required=True)


@cache
def snapshot_page_of(item: type[Schema]) -> type[Schema]:
    """Return the schema of one page: items, the next cursor, and the time since which events must be applied."""
    return type(
        f"{item.__name__}Page",
        (Schema,),
        {
            "items": fields.List(fields.Nested(item), required=True),
            "next_cursor": fields.String(allow_none=True, load_default=None),
            "read_at": Timestamp(required=True),
        },
    )
