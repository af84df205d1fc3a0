"""Every event: told in words, shown by an example, read by its consumers, and silent about persons."""

from __future__ import annotations

import copy
import itertools
import json
import re

import jsonschema
import pytest

from gateway.http.event_schemas import data_schema
from services.chassis.events.envelope import decode
from tests.contract.promises import committed, consumers, event_name, events

# Words in a field's name that speak of a person.
PERSONAL = frozenset(
    {
        *("name", "pinyin", "gender", "sex", "age", "birth", "birthday", "born", "photo", "identity", "passport"),
        *("phone", "mobile", "tel", "mail", "email", "address", "home", "bank", "iban", "salary", "wage"),
        *("diagnosis", "illness", "disease", "hospital", "health", "pregnancy", "disability", "religion", "ethnicity"),
        *("family", "spouse", "child", "children", "parent", "note", "remark", "statement", "evidence", "occasion"),
    }
)
PERSONAL_PAIRS = frozenset({("id", "number"), ("id", "card"), ("account", "number")})
# Names of units; whom an activity is for, which is about nobody in particular; `parent_id` is the unit above; which
# kinds of evidence there are says nothing of what they say.
NOT_OF_PERSONS = {
    ("unit_created", "name"), ("unit_created", "name_en"), ("unit_created", "parent_id"),
    ("unit_updated", "name"), ("unit_updated", "name_en"), ("unit_updated", "parent_id"),
    *((event, name) for event in ("event_scheduled", "event_rescheduled") for name in ("sex", "age_from", "age_to")),
    ("visit_completed", "evidence_kinds"), ("payment_requested", "evidence_kinds"), ("number_series_opened", "name"),
}  # fmt: skip
POINTS_AT_A_PERSON = frozenset({"member_id", "account_id"})
SAYS_WHAT_HAPPENED_TO_SOMEBODY = frozenset({"occasion", "benefit_key", "rule_key", "amount", "evidence_kinds"})
every_event = pytest.mark.parametrize("event", events(), ids=event_name)


def field_names(schema):
    """Names of all fields of a JSON Schema, at every depth."""
    for name, described in schema.get("properties", {}).items():
        yield name
        yield from field_names(described)
    if "items" in schema:
        yield from field_names(schema["items"])


@every_event
def test_an_event_is_told_in_words_and_shown_by_a_whole_example(event):
    told = event.__dict__.get("__doc__") or ""

    assert len(told.split()) >= 4
    assert set(event.data().fields) == set(event.example), "the example shows every field"
    assert event.example


@every_event
def test_the_example_is_valid_by_the_committed_schema(event):
    schema, example = committed(f"schemas/{event_name(event)}.json"), committed(f"examples/{event_name(event)}.json")
    validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())

    assert [error.message for error in validator.iter_errors(example["data"])] == []
    assert example["dataschema"] == schema["$id"]


@every_event
def test_the_example_is_an_envelope_consumers_read(event):
    text = json.dumps(committed(f"examples/{event_name(event)}.json"))
    received = decode(text)

    assert (received.source, received.type) == (event.source, event.type)
    assert received.subject == event.subject.format(**received.raw)
    assert event(**event.load(received.raw)).payload() == received.raw


@every_event
def test_readers_ignore_fields_a_later_version_adds_at_any_depth(event):
    example = committed(f"examples/{event_name(event)}.json")["data"]

    assert event.load(_grown(copy.deepcopy(example))) == event.load(example)


@every_event
def test_no_field_speaks_of_a_person(event):
    found = [
        name
        for name in field_names(data_schema(event))
        if _is_personal(name) and (event.type, name) not in NOT_OF_PERSONS
    ]

    assert found == []


@every_event
def test_no_event_tells_both_who_and_what_happened_to_somebody(event):
    names = set(field_names(data_schema(event)))

    assert not (names & POINTS_AT_A_PERSON and names & SAYS_WHAT_HAPPENED_TO_SOMEBODY)


@every_event
def test_no_example_looks_like_a_phone_or_identity_number(event):
    text = json.dumps(event.example, ensure_ascii=False)

    assert re.findall(r"(?<![0-9A-Fa-f-])(?:1[3-9]\d{9}|\d{17}[\dXx])(?![0-9A-Fa-f-])|@", text) == []


def test_the_list_of_words_would_notice_a_person():
    for name in ("member_name", "phone", "birth_date", "idNumber", "id_number", "name_en", "home_address"):
        assert _is_personal(name), name
    for name in ("member_id", "number", "rename_allowed", "age_limit_rule".replace("age_", ""), "sessions"):
        assert not _is_personal(name), name


def test_every_consumed_event_is_promised_with_a_schema():
    promised = set(events())

    assert len(consumers()) > 30
    assert [f"{consumer} <- {event.type}" for consumer, event in consumers() if event not in promised] == []
    assert all(committed(f"schemas/{event_name(event)}.json")["properties"] for _, event in consumers())


def test_a_service_does_not_react_to_its_own_events_by_way_of_the_broker():
    own = [consumer for consumer, event in consumers() if consumer.split(".")[0] == event.source]

    assert own == []


def _grown(node):
    """The same with an unknown field in every object."""
    if isinstance(node, dict):
        return {**{key: _grown(value) for key, value in node.items()}, "from_a_later_version": 1}
    return [_grown(item) for item in node] if isinstance(node, list) else node


def _is_personal(name):
    words = re.sub(r"([a-z])([A-Z])", r"\1_\2", name).lower().split("_")
    return bool(PERSONAL & set(words)) or any(pair in PERSONAL_PAIRS for pair in itertools.pairwise(words))
