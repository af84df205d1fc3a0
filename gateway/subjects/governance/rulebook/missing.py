"""Which figures the services need and have not: asked of each, by topic, with what can't be decided without them."""

from __future__ import annotations

from typing import Any

from gateway.portal.rule_messages.figures import TOPICS
from gateway.portal.rules_in_force import ASKED
from gateway.portal.service_calls import part
from services.contracts.governance.rulebook.keys import rule_key, uses_of


def missing_rules(topic: str | None) -> dict[str, Any]:
    """Return the keys without rule that the services name, by topic, and which services could not be asked.

    Args:
        topic: only this one; None for all.
    """
    asked = {service: part(operation) for service, operation in ASKED.items()}
    named = {key for answer in asked.values() for key in (answer.data or {}).get("missing", [])}
    missing: dict[str, list[dict[str, Any]]] = {}
    for key in sorted(key for key in named if rule_key(key)):
        if topic in (None, topic_of(key)):
            missing.setdefault(topic_of(key), []).append({"key": key, "uses": uses_of(key)})
    return {
        "missing": {topic: missing[topic] for topic in TOPICS if topic in missing},
        "topics": TOPICS,
        "away": [service for service, answer in asked.items() if answer.problem],
    }


def topic_of(key: str) -> str:
    """Return what a key is about: its first word."""
    return key.partition(".")[0]
