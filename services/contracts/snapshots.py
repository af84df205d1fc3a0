"""What a subscriber begins from: pages of what stands now, each row with its place among the events of its subject.

Belongs here: what all snapshots share. A subscriber declares and binds its queue first, then reads every page, then
applies the events of its queue but for those whose `sequence` is not greater than that of the row of their subject.
"""

from __future__ import annotations

from functools import cache

from marshmallow import fields, validate

from services.chassis.schema import PageRequest, Schema, Timestamp

MOST_ROWS = 1000


class SnapshotRequest(PageRequest):
    """Which page; rows are in the order of their ids, so that a page stays what it is whatever comes and goes."""

    limit = fields.Integer(load_default=500, validate=validate.Range(min=1, max=MOST_ROWS))


def event_sequence() -> fields.Integer:
    """How many events of its subject a row holds for sure; 0 where there was none. It may hold later ones too."""
    return fields.Integer(required=True)


@cache
def snapshot_page_of(item: type[Schema]) -> type[Schema]:
    """Return the schema of one page: items, the next cursor, and since when events must be applied to its rows."""
    return type(
        f"{item.__name__}Page",
        (Schema,),
        {
            "items": fields.List(fields.Nested(item), required=True),
            "next_cursor": fields.String(allow_none=True, load_default=None),
            "read_at": Timestamp(required=True),
        },
    )
