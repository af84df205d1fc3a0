"""The official CloudEvents SDKs for JavaScript and Python read every example, as strictly as they can."""

from __future__ import annotations

import json

import pytest
from cloudevents.core.bindings.http import HTTPMessage, from_structured_event
from cloudevents.core.formats.json import JSONFormat

from tests.contract.promises import committed, event_name, events
from tests.support import javascript

READ_ALL = """
const { CloudEvent, HTTP } = require("cloudevents");
const examples = JSON.parse(require("fs").readFileSync(0, "utf8"));
const headers = { "content-type": "application/cloudevents+json" };
const read = examples.map((body) => {
  const event = HTTP.toEvent({ headers, body: JSON.stringify(body) });
  event.validate();
  return [event.type, event.dataschema, event.data];
});
console.log(JSON.stringify(read));
"""


@pytest.fixture(scope="module")
def examples():
    return [committed(f"examples/{event_name(event)}.json") for event in events()]


def test_the_sdk_for_javascript_reads_and_validates_every_example(examples):
    read = json.loads(javascript.run(READ_ALL, json.dumps(examples)))

    assert read == [[one["type"], one["dataschema"], one["data"]] for one in examples]


def test_the_sdk_for_javascript_refuses_a_relative_schema(examples):
    relative = {**examples[0], "dataschema": "/schemas/membership/member_joined.v1.json"}

    with pytest.raises(AssertionError, match="dataschema"):
        javascript.run(READ_ALL, json.dumps([relative]))


def test_the_sdk_for_python_reads_every_example(examples):
    for one in examples:
        message = HTTPMessage({"content-type": "application/cloudevents+json"}, json.dumps(one).encode())
        event = from_structured_event(message, JSONFormat())

        assert (event.get_type(), event.get_dataschema(), event.get_data()) == (
            one["type"], one["dataschema"], one["data"],
        )  # fmt: skip
