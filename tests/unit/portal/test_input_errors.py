"""Every input error has a code and every code has words; codes survive calls and old replicas."""

from __future__ import annotations

import ast
import copy
import json
from collections.abc import Iterator
from pathlib import Path

import marshmallow
import pytest
from marshmallow import fields, validate

from gateway.http.problems import document_of
from gateway.portal.mapping import mapping_words
from gateway.portal.messages import say
from gateway.portal.phrases import missing_rules
from gateway.portal.refusals import words_of_input
from gateway.portal.rule_messages.input_errors import SHARED
from gateway.subjects import SUBJECTS
from services.chassis.errors import InvalidInput, Problem
from services.chassis.input_errors import REQUIRED, InputError, flatten
from services.chassis.rpc.commands import as_problem
from services.chassis.schema import OPERATIONS, Money, Schema, Text, invalid
from tests.architecture.source import modules_in

FOLDERS = ("services", "gateway/http", "gateway/identity", "gateway/jobs", "gateway/rpc", "gateway/subjects")


def _calls() -> Iterator[tuple[Path, ast.Call, str]]:
    """Yield each call in the code of services and gateway, with the name of what is called."""
    for module in modules_in(*FOLDERS):
        for name, call in module.calls:
            yield module.path, call, name


def _is_sentence(node: ast.AST) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def _sentences_in(values: list[ast.expr]) -> Iterator[ast.AST]:
    """Yield the texts without a code in messages by field: values of dictionaries and items of lists."""
    for value in values:
        if _is_sentence(value):
            yield value
        elif isinstance(value, ast.Dict):
            yield from _sentences_in(value.values)
        elif isinstance(value, ast.DictComp):
            yield from _sentences_in([value.value])
        elif isinstance(value, ast.List | ast.Tuple):
            yield from _sentences_in(value.elts)


def _codes_in_code() -> set[str]:
    names = ("InputError", "invalid", "Wrong")
    calls = (call for _, call, name in _calls() if name in names and call.args)
    return {call.args[0].value for call in calls if isinstance(call.args[0], ast.Constant)}


def _fields_of(schema: marshmallow.Schema) -> Iterator[fields.Field]:
    for field in schema.fields.values():
        yield from _parts_of(field)


def _parts_of(field: fields.Field) -> Iterator[fields.Field]:
    yield field
    if isinstance(field, fields.Nested):
        yield from _fields_of(field.schema)
    for part in ("inner", "key_field", "value_field"):
        if isinstance(inner := getattr(field, part, None), fields.Field):
            yield from _parts_of(inner)


def _messages_of(field: fields.Field) -> Iterator[object]:
    yield from field.error_messages.values()
    for check in field.validators:
        if isinstance(check, validate.Length | validate.Range) and type(check).__module__.startswith("marshmallow"):
            names = ["message_min", "message_max", "message_all"]
            own = getattr(check, "error", None)
            yield from [own] if own else [getattr(check, name) for name in names]
        elif isinstance(check, validate.Regexp | validate.OneOf | validate.Equal):
            yield check.error


def test_every_message_of_a_request_has_a_code_with_words(portal):
    schemas = [operation.request_schema for operation in OPERATIONS.values()]
    messages = {text for schema in schemas for field in _fields_of(schema) for text in _messages_of(field)}
    messages |= {text for schema in schemas for text in schema.error_messages.values()}
    with portal.test_request_context():
        assert [text for text in messages if not isinstance(text, InputError) or not words_of_input(text.code)] == []


def test_every_code_raised_by_hand_has_words(portal):
    codes = _codes_in_code()
    assert {"input.required", "awards.one_holder", "imports.column_missing"} <= codes
    with portal.test_request_context():
        assert sorted(code for code in codes if not words_of_input(code)) == []


def test_words_of_codes_are_of_codes_that_are_raised():
    codes = _codes_in_code() | set(SUBJECTS.rules)
    assert sorted(set(SUBJECTS.input_errors) - codes) == []
    assert all(code.startswith(("input.", "file.")) for code in SHARED)


def test_no_input_error_is_raised_without_a_code():
    """What names a rule has a code by it; the summary of a problem that lists its errors needs none."""
    bare = []
    for path, call, name in _calls():
        given = {keyword.arg: keyword.value for keyword in call.keywords}
        if name == "ValidationError" and "process" not in path.parts:
            bare += [(path.name, call.lineno) for _ in _sentences_in(call.args[:1])]
        if name == "InvalidInput":
            bare += [(path.name, call.lineno) for _ in _sentences_in([given["errors"]] if "errors" in given else [])]
            if "field" in given and not given.keys() & {"rule", "code", "errors"} and _is_sentence(call.args[0]):
                bare.append((path.name, call.lineno))
    assert bare == []


class Tea(Schema):
    """One of each kind of field."""

    name = Text(5, 2, required=True)
    sort = fields.String(validate=validate.OneOf(("green", "black")), required=True)
    cups = fields.Integer(validate=validate.Range(min=1, max=3))
    price = Money()
    brewed_on = fields.Date()
    tags = fields.List(fields.String(validate=validate.Length(max=2)))

    @marshmallow.validates_schema(skip_on_field_errors=True)
    def _no_green_at_night(self, data, **_):
        if data["sort"] == "green":
            raise invalid("tea.hot", "Green tea needs a cup.", field="cups", least=1)


WRONG = {"name": "a", "sort": "red", "cups": 4, "price": "1.234", "brewed_on": "soon", "tags": ["ok", "long"], "x": 1}


def _refused(values: dict) -> InvalidInput:
    with pytest.raises(marshmallow.ValidationError) as refused:
        Tea().load(values)
    return as_problem(refused.value)


def test_an_error_is_a_code_with_figures_and_a_sentence():
    found = {error["field"]: error for error in _refused(WRONG).input_errors}
    assert {field: error["code"] for field, error in found.items()} == {
        "name": "input.too_short", "sort": "input.not_a_choice", "cups": "input.out_of_range",
        "price": "input.not_whole_fen", "brewed_on": "input.not_a_date", "tags.1": "input.too_long",
        "x": "input.unknown_field",
    }  # fmt: skip
    assert found["sort"]["params"] == {"choices": ["green", "black"]}
    assert found["sort"]["detail"] == "Must be one of: green, black."
    assert found["cups"]["params"] == {"min": 1, "max": 3}
    by_hand = _refused({"name": "oolong"[:5], "sort": "green"}).input_errors
    assert by_hand == [
        {"field": "cups", "code": "tea.hot", "params": {"least": 1}, "detail": "Green tea needs a cup."},
    ]


def test_what_was_typed_is_no_figure():
    assert "4" not in json.dumps([error["params"] for error in _refused(WRONG).input_errors])


def test_codes_survive_a_call():
    sent = _refused(WRONG)
    read = Problem.from_wire(json.loads(json.dumps(sent.to_wire())))
    assert read.input_errors == sent.input_errors
    assert flatten(read.errors) == flatten(sent.errors)
    about_one = InvalidInput(InputError("record.search_says_nothing", "Type letters."), field="q")
    assert Problem.from_wire(json.loads(json.dumps(about_one.to_wire()))).input_errors == about_one.input_errors
    by_rule = InvalidInput("Too short.", field="password", rule="password.is_long_enough")
    assert [error["code"] for error in by_rule.input_errors] == ["password.is_long_enough"]


def test_an_answer_without_codes_is_shown_as_its_sentences(portal):
    wire = _refused(WRONG).to_wire()
    del wire["input_errors"]
    read = Problem.from_wire(json.loads(json.dumps(wire)))
    assert read.input_errors == []
    with portal.test_request_context():
        assert [say(text) for text in read.errors["name"]] == ["Shorter than minimum length 2."]


def test_a_program_reads_codes_beside_the_sentences(portal):
    with portal.test_request_context("/api/v1/tea"):
        document = document_of(_refused(WRONG))
    assert document["errors"]["cups"] == ["Must be greater than or equal to 1 and less than or equal to 3."]
    assert {
        "field": "cups", "code": "input.out_of_range", "params": {"min": 1, "max": 3},
        "detail": "Must be greater than or equal to 1 and less than or equal to 3.",
    } in document["input_errors"]  # fmt: skip


def test_words_name_the_figures(portal):
    with portal.test_request_context():
        told = {field: [say(text) for text in texts] for field, texts in flatten(_refused(WRONG).errors).items()}
        assert told["cups"] == ["须在 1 至 3 之间。"]
        assert told["name"] == ["至少 2 个字符。"]
        assert say(InputError("of.a_later_release", "Not known here.")) == "Not known here."
        assert say(InputError("input.too_long", "Longer.")) == "Longer."


@pytest.mark.parametrize(
    ("refused", "told"),
    [
        (InputError("imports.column_taken_twice", "…", fields=["unit"]), "有两列对应了同一项：分工会。"),
        (InputError("imports.column_missing", "…", fields=["name", "unit"]), "还没有对应到列：姓名、分工会。"),
        ("There is no column X.", None),
    ],
)
def test_what_is_wrong_with_a_mapping_names_the_fields(refused, told, portal):
    with portal.test_request_context():
        names = {"name": "姓名", "unit": "分工会"}
        assert mapping_words(InvalidInput(errors={"mapping": [refused]}), names) == told


def test_terms_name_the_missing_rules(portal):
    with portal.test_request_context():
        assert missing_rules({"missing": ["…"], "missing_rules": ["joining.employments"]}) == "可以入会的用工形式"
        assert missing_rules({"missing": ["no rule in force for joining.employments on 2026-01-01"]}).startswith(
            "no rule"
        )


def test_an_error_can_be_copied():
    error = copy.deepcopy(InputError("input.too_long", "Longer.", max=3))
    assert (error, error.code, error.params) == ("Longer.", "input.too_long", {"max": 3})
    assert REQUIRED == "Missing data for required field."
