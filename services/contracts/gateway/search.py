"""Searching everything one may find, over HTTP only. Answered by the gateway itself."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate, validates_schema

from services.chassis.schema import ACCOUNT, InputError, Line, Operation, Schema, Text, invalid

LONGEST_SEARCH = 100
SAYS_NOTHING = InputError("search.says_nothing", "Type letters, digits or Chinese characters.")
CURSOR_OF_KIND = InputError("search.cursor_is_of_a_kind", "A cursor needs the kind it belongs to.")


class SearchRequest(Schema):
    """`q`: words, all of which a result has. `kind`: one kind of results, in pages; without it the first of each."""

    q = Line(LONGEST_SEARCH, 1, required=True)
    kind = Text(30, 1, load_default=None, allow_none=True)
    cursor = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=2000))
    limit = fields.Integer(load_default=5, validate=validate.Range(min=1, max=50))

    @validates_schema
    def _cursor_has_its_kind(self, data: dict[str, Any], **_: Any) -> None:
        if data.get("cursor") and not data.get("kind"):
            raise invalid(CURSOR_OF_KIND.code, str(CURSOR_OF_KIND), field="cursor")


class SearchResult(Schema):
    """One thing that was found; `excerpt` is the part of its text with the first word, `link` its address."""

    id = fields.UUID(required=True)
    title = fields.String(required=True)
    title_en = fields.String(required=True, allow_none=True)
    excerpt = fields.String(required=True, allow_none=True)
    excerpt_en = fields.String(required=True, allow_none=True)
    link = fields.String(required=True)


class SearchGroup(Schema):
    """The results of a kind. `more`: there are others; `away`: the service that knows them did not answer."""

    kind = fields.String(required=True)
    items = fields.List(fields.Nested(SearchResult), required=True)
    more = fields.Boolean(required=True)
    away = fields.Boolean(required=True)


class SearchReply(Schema):
    """搜索 What was found, by kind; `words`: those searched for, in the form in which they are compared.

    `next_cursor`: of the next page, when one kind was asked for.
    """

    words = fields.List(fields.String(), required=True)
    groups = fields.List(fields.Nested(SearchGroup), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


search = Operation(
    "gateway", "search", SearchRequest, SearchReply, frozenset({ACCOUNT}), "query",
    "Search members, activities and what else one may find.",
    title="搜索", reach={"officer": "union", "auditor": "union", "chair": "unit"},
)  # fmt: skip
