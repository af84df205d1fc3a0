"""What people call a field stands in its contract: no form, filter or column says it where the contract could."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from marshmallow import Schema, fields, validate

from gateway.portal.columns import Column, items_of
from gateway.portal.form_fields import Field, label_of
from gateway.portal.forms import Form
from gateway.subjects import SUBJECTS
from services.chassis.schema import label
from tests.architecture.source import modules

LISTS = [page for subject in SUBJECTS for table in subject.pages for page in table.lists]


def said_again(own: Iterable[Field | Column | str], known: dict[str, fields.Field[Any]]) -> list[str]:
    """Return the names of fields the contract has and the page names itself, without calling them something else."""
    found = []
    for spec in own:
        name, text = (spec.name, spec.label) if isinstance(spec, Field) else (getattr(spec, "key", ""), None)
        text = getattr(spec, "heading", text)
        if text is not None and name in known and str(label_of(known[name]) or text) == str(text):
            found.append(name)
    return found


def forms_in(module: Any, tree: ast.Module) -> Iterator[tuple[type[Schema], list[Any]]]:
    """Yield the schema and the fields, as far as they are constants, of every form a module makes."""
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call) or getattr(call.func, "id", "") != Form.__name__ or len(call.args) < 2:
            continue
        schema = getattr(module, getattr(call.args[0], "id", ""), None)
        names = [node.id for node in ast.walk(call.args[1]) if isinstance(node, ast.Name)]
        specs = [getattr(module, name, ()) for name in names]
        flat = [one for spec in specs for one in (spec if isinstance(spec, tuple | list) else [spec])]
        if isinstance(schema, type) and issubclass(schema, Schema):
            yield schema, [one for one in flat if isinstance(one, Field)]


FORMS = [
    pytest.param(schema, specs, id=f"{module.name.rpartition('.')[2]}-{schema.__name__}-{place}")
    for module in modules()
    if module.name.startswith("gateway.") and module.name in sys.modules
    for place, (schema, specs) in enumerate(forms_in(sys.modules[module.name], module.tree))
]


@pytest.mark.parametrize(("schema", "specs"), FORMS)
def test_a_form_takes_labels_from_its_contract(portal, schema, specs):
    with portal.test_request_context():
        assert said_again(specs, schema().fields) == []


@pytest.mark.parametrize("page", LISTS, ids=lambda page: page.endpoint)
def test_a_list_takes_labels_from_its_contract(portal, page):
    with portal.test_request_context():
        assert said_again(page.columns, items_of(page.operation).fields) == []
        assert said_again(page.filters, page.operation.request_schema.fields) == []


@pytest.mark.parametrize("name", sorted(SUBJECTS.exports))
def test_an_export_takes_labels_from_its_contract(portal, name):
    what = SUBJECTS.exports[name]
    if name not in {page.export_name for page in LISTS}:
        with portal.test_request_context():
            assert said_again(what.columns, items_of(what.operation).fields) == []


def test_what_is_said_again_is_found():
    class Parcel(Schema):
        size = fields.String(validate=validate.Length(max=2), metadata=label("大小"))
        weight = fields.Integer()

    own = ["size", Field("size", "大小"), Field("size", "包裹大小"), Field("weight", "重量"), Field("other", "其他")]
    assert said_again(own, Parcel().fields) == ["size", "weight"]
    assert said_again([Column("size", "大小"), Column("size"), Column("weight", "重量")], Parcel().fields) == [
        "size", "weight",
    ]  # fmt: skip


def test_forms_are_found():
    assert len(FORMS) > 30
