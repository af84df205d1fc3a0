"""Saved filters (常用筛选): the filters and the order of a list page under a name. Answered by the gateway itself.

They belong to one account, which alone sees, renames and deletes them, and are deleted with it.
"""

from __future__ import annotations

from marshmallow import fields, validate

from services.chassis.schema import ACCOUNT, Empty, Line, Operation, Schema, Text, Timestamp, label

MOST_SAVED = 20
"""Saved filters of one list of an account."""
_LIST = {"description": "Name of the list page, e.g. `members`."}
_VALUES = {"description": "Values by the names of the page's filters; `sort` for the order."}


def _filters() -> fields.Dict:
    """Return the field of filters."""
    return fields.Dict(
        Text(60, 1), Text(50, 1),
        required=True, validate=validate.Length(1, 20), metadata=_VALUES,
    )  # fmt: skip


class SavedFilter(Schema):
    """常用筛选 Filters and the order of a list, under a name."""

    id = fields.UUID(required=True)
    list = fields.String(required=True, metadata=_LIST)
    name = fields.String(required=True)
    filters = _filters()
    saved_at = Timestamp(required=True)


class SavedFilters(Schema):
    """The own saved filters of one list, by the time they were saved."""

    items = fields.List(fields.Nested(SavedFilter), required=True)


class ListSavedFilters(Schema):
    """Which list."""

    list = Text(60, 1, required=True, metadata=_LIST)


class SaveFilter(ListSavedFilters):
    """Save filters of a list under a name; the same filters under the same name are saved once."""

    name = Line(40, 1, required=True, metadata=label("名称"))
    filters = _filters()


class SavedFilterRef(Schema):
    """One saved filter by id."""

    saved_filter_id = fields.UUID(required=True)


class RenameSavedFilter(SavedFilterRef):
    """A new name for a saved filter."""

    name = Line(40, 1, required=True, metadata=label("名称"))


_OWN = frozenset({ACCOUNT})

list_saved_filters = Operation(
    "gateway", "list_saved_filters", ListSavedFilters, SavedFilters, _OWN, "query",
    "The own saved filters of a list.", title="查看常用筛选",
)  # fmt: skip
save_filter = Operation(
    "gateway", "save_filter", SaveFilter, SavedFilter, _OWN, "command",
    "Save filters of a list under a name.", title="保存常用筛选",
)  # fmt: skip
rename_saved_filter = Operation(
    "gateway", "rename_saved_filter", RenameSavedFilter, SavedFilter, _OWN, "command",
    "Rename an own saved filter.", title="重命名常用筛选",
)  # fmt: skip
delete_saved_filter = Operation(
    "gateway", "delete_saved_filter", SavedFilterRef, Empty, _OWN, "command",
    "Delete an own saved filter.", title="删除常用筛选",
)  # fmt: skip
