"""The AsyncAPI document: accepted by a validator of its own, whole within itself, and true to the broker's topology."""

from __future__ import annotations

import copy
import re
import warnings
from pathlib import Path

import jsonschema
import pydantic
import pytest
import yaml

from deploy.union import all_services
from services.chassis.process.runner import event_queues
from tests.contract.promises import committed, event_name, events

with warnings.catch_warnings(action="ignore"):  # field names of the validator's models shadow pydantic's own
    from asyncapi3.models.asyncapi import AsyncAPI3

CHANNEL, OPERATION = "membership-member_joined", "announce-membership-member_joined"
QUEUES = ("subscriber-queue", "subscriber-dead-letters")


def event_channels(document):
    return {name: channel for name, channel in document["channels"].items() if name not in QUEUES}


@pytest.fixture
def document():
    return committed("asyncapi.json")


def test_a_validator_of_asyncapi_3_accepts_it(document):
    assert AsyncAPI3.model_validate(document).asyncapi == "3.0.0"


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("info", "title"), None),
        (("servers", "broker", "protocol"), None),
        (("servers", "broker", "hostname"), "localhost"),
        (("components", "securitySchemes", "brokerUser", "type"), "password"),
        (("channels", "subscriber-queue", "bindings", "amqp", "queue", "durable"), "maybe"),
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

    assert announced == {f"#/channels/{name}" for name in channels if name not in QUEUES}
    assert sorted(pointed) == sorted(f"#/components/messages/{name}" for name in messages)
    assert {operation["action"] for operation in document["operations"].values()} == {"send"}


def test_every_event_and_version_has_its_message(document):
    told = {
        f"{name.partition('-')[0]}/{channel['address']}.{version}"
        for name, channel in event_channels(document).items()
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
        for channel in event_channels(document).values()
    }
    consumed = {(queue.exchange.name, queue.routing_key) for s in all_services() for queue in event_queues(s)}

    assert consumed <= told


def test_every_server_says_how_to_sign_in_and_its_variables_have_a_value(document):
    assert {server["protocol"] for server in document["servers"].values()} == {"amqp", "amqps"}
    for server in document["servers"].values():
        named = set(re.findall(r"{(\w+)}", server["host"] + server["pathname"]))
        assert named == set(server["variables"]) == {"host", "port", "vhost"}
        assert all(variable["default"] for variable in server["variables"].values())
        (reference,) = server["security"]
        scheme = document["components"]["securitySchemes"][reference["$ref"].rpartition("/")[2]]
        assert scheme["type"] == "userPassword"


def test_the_queue_of_a_subscriber_can_not_hold_up_the_union(document):
    queue = document["channels"]["subscriber-queue"]
    arguments = queue["x-arguments"]
    assert arguments["x-queue-type"] == "quorum"
    assert "x-overflow" not in arguments
    assert {"x-max-length", "x-message-ttl", "x-expires", "x-delivery-limit"} < set(arguments)
    assert arguments["x-dead-letter-exchange"] == document["channels"]["subscriber-dead-letters"]["address"]


def test_the_chart_gives_subscribers_the_rights_the_document_names(document):
    values = yaml.safe_load(Path("deploy/kubernetes/platform/values.yaml").read_text(encoding="utf-8"))
    told = {
        what: right.replace("{system}", "NAME")
        for what, right in document["channels"]["subscriber-queue"]["x-rights"].items()
    }
    assert values["broker"]["rights"]["subscriber"] == told
