"""The registry of deciders: pure functions that come to a verdict from inputs and figures, by kind and version.

A decider is never changed once decisions were made by it: a change is the next version, and the earlier one stays, so
that decisions made by it can be computed again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from services.chassis.rules.refusal import Verdict
from services.contracts.welfare.decisions import DECISION_KINDS

Decide = Callable[[Mapping[str, Any], Mapping[str, Any]], Verdict]
"""Called with the inputs and the values of the rules by name, both as JSON has them."""

_DECIDERS: dict[str, dict[int, Decide]] = {}


def decider(kind: str, version: int = 1) -> Callable[[Decide], Decide]:
    """Register a function as the decider of a kind, and return it as it is.

    Args:
        kind: a word of `DECISION_KINDS`.
        version: counted from 1; new decisions are made by the highest.

    Raises:
        ValueError: the contract has no such kind, or the kind has this version already.
    """
    if kind not in DECISION_KINDS:
        raise ValueError(f"{kind} is no kind of decision")

    def register(function: Decide) -> Decide:
        versions = _DECIDERS.setdefault(kind, {})
        if versions.setdefault(version, function) is not function:
            raise ValueError(f"{kind} has a decider of version {version} already")
        return function

    return register


def newest(kind: str) -> tuple[int, Decide]:
    """Return version and function of the decider that makes new decisions of a kind."""
    version = max(_DECIDERS[kind])
    return version, _DECIDERS[kind][version]


def of_version(kind: str, version: int) -> Decide | None:
    """Return the decider by which earlier decisions were made, None where this release has it no more."""
    return _DECIDERS.get(kind, {}).get(version)
