"""The AsyncAPI document: accepted by a validator of its own, whole within itself, and true to the broker's topology."""

from __future__ import annotations

import copy
import warnings

import jsonschema
import pydantic
import pytest

from deploy.union import all_services
from services.chassis.process import event_queues
from tests.contract.promises import committed, event_name, events

with warnings.catch_warnings(action="ignore"):  # field names of the validator's models shadow pydantic's own
    from asyncapi3.models.asyncapi import AsyncAPI3

CHANNEL, OPERATION = "membership-member_joined", "announce-membership-member_joined"


@pytest.fixture
def document():
    return committed("asyncapi.json")


def test_a_validator_of_asyncapi_3_accepts_it(document):
    assert AsyncAPI3.model_validate(document).asyncapi == "3.0.0"


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("info", "title"), None),
        (("channels", CHANNEL, "adress"), "member_joined"),
        (("channels", CHANNEL, "bindings", "amqp", "is"), "topic"),
        (("operations", OPERATION, "action"), "publish"),
        (("components", "messages", f"{CHANNEL}-v1", "contentType"), 3),
    ],
    ids=lambda value: "/".join(value) if isinstance(value, tuple) else "",
)
def test_the_validator_would_notice_a_mistake(document, path, value):
    broken = node = copy.deepcopy(document)
    for part in path[:-1]:
        node = node[part]
    node[path[-1]] = value

    with pytest.raises(pydantic.ValidationError):
        AsyncAPI3.model_validate(broken)


def test_channels_messages_and_operations_belong_together(document):
    messages, channels = document["components"]["messages"], document["channels"]
    announced = {operation["channel"]["$ref"] for operation in document["operations"].values()}
    pointed = [message["$ref"] for channel in channels.values() for message in channel["messages"].values()]

    assert announced == {f"#/channels/{name}" for name in channels}
    assert sorted(pointed) == sorted(f"#/components/messages/{name}" for name in messages)
    assert {operation["action"] for operation in document["operations"].values()} == {"send"}


def test_every_event_and_version_has_its_message(document):
    told = {
        f"{name.partition('-')[0]}/{channel['address']}.{version}"
        for name, channel in document["channels"].items()
        for version in channel["messages"]
    }

    assert told == {event_name(event) for event in events()}


def test_every_message_carries_an_example_its_payload_schema_accepts(document):
    for name, message in document["components"]["messages"].items():
        schema = message["payload"]
        jsonschema.Draft202012Validator.check_schema(schema)
        validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
        for example in message["examples"]:
            assert [error.message for error in validator.iter_errors(example["payload"])] == [], name


def test_addresses_and_exchanges_are_the_brokers_own(document):
    told = {
        (channel["bindings"]["amqp"]["exchange"]["name"], channel["address"])
        for channel in document["channels"].values()
    }
    consumed = {(queue.exchange.name, queue.routing_key) for s in all_services() for queue in event_queues(s)}

    assert consumed <= told
