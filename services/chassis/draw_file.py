"""The published file of a draw: written by who draws, read and recomputed by anyone. docs/draw.md describes it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from services.chassis.fair_draw import (
    NO_GROUP,
    PUBLIC_VALUE,
    Drawn,
    Entry,
    Offer,
    draw,
    entries_text,
    is_written_like,
    seed_of,
    sha256_of,
)
from services.chassis.findings import Finding

FORMAT = "gonghui-draw/1"
LARGEST = 64 * 1024 * 1024
"""Bytes of a file that is read."""
_HEX = re.compile(r"[0-9a-f]{64}")


class NotADraw(ValueError):
    """The file is no file of a draw, or an incomplete one."""


def published(
    draw_id: str,
    title: str,
    offers: Sequence[Offer],
    entries: Iterable[Entry],
    committed: Mapping[str, Any] | None = None,
    drawn: Mapping[str, Any] | None = None,
    results: Iterable[Drawn] = (),
    entries_sha256: str | None = None,
) -> dict[str, Any]:
    """Return the content of the file, of what is known so far.

    Args:
        draw_id, title: which draw.
        offers, entries: the closed list.
        committed: `seed_sha256`, `committed_on`, `public_source`, `public_example`, `public_day`, once the secret was
            committed.
        drawn: `secret` in hexadecimal and `public_value`, once it was drawn.
        results: in the order drawn.
        entries_sha256: the hash as it was published when the list was closed; None computes it.
    """
    entries = sorted(entries, key=lambda entry: entry.id)
    content: dict[str, Any] = {
        "format": FORMAT,
        "draw": draw_id,
        "title": title,
        "offers": [_offer(offer) for offer in sorted(offers, key=lambda offer: offer.id)],
        "entries": [_entry(entry) for entry in entries],
        "entries_sha256": entries_sha256 or sha256_of(entries_text(offers, entries)),
    }
    if committed is not None:
        content["commitment"] = dict(committed)
    if drawn is not None:
        lines = [{"id": one.entry.id, "lot": one.lot, "offer": one.offer} for one in results]
        content["drawn"] = {**drawn, "results": lines}
    return content


def verify(text: str | bytes) -> list[Finding]:
    """Recompute a published draw; a draw that is not decided yet is checked as far as it goes.

    Raises:
        NotADraw: the text is not a file of a draw.
    """
    try:
        content = json.loads(text)
        offers = [
            Offer(one["id"], _whole(one["places"]), {group: _whole(most) for group, most in one["quotas"].items()})
            for one in content["offers"]
        ]
        entries = [
            Entry(one["id"], _whole(one["weight"]), _whole(one["persons"]), tuple(one["choices"]), one["group"])
            for one in content["entries"]
        ]
        if content["format"] != FORMAT:
            raise NotADraw(f"the format is not {FORMAT}")
        findings = _list_findings(content, offers, entries)
        if content.get("commitment") is not None:
            findings.extend(_commitment_findings(content))
        if content.get("drawn") is not None:
            findings.extend(_result_findings(content, offers, entries))
        return findings
    except (KeyError, TypeError, AttributeError, ValueError, RecursionError) as error:
        raise NotADraw(f"not a file of a draw: {error}") from None


def same_draw(text: str | bytes, earlier: str | bytes) -> list[Finding]:
    """Compare a file with an earlier one of the same draw: list and commitment have stayed what they were.

    Raises:
        NotADraw: a text is not a file of a draw.
    """
    verify(earlier)
    now, before = json.loads(text), json.loads(earlier)
    names = ("draw", "entries_sha256")
    findings = [Finding([now[name] for name in names] == [before[name] for name in names], "the list has not changed")]
    if before.get("commitment") is not None:
        findings.append(Finding(now.get("commitment") == before["commitment"], "the commitment has not changed"))
    return findings


def _list_findings(content: Mapping[str, Any], offers: list[Offer], entries: list[Entry]) -> list[Finding]:
    counted = f"the list of {len(entries)} entries has the hash {content['entries_sha256']}"
    return [Finding(sha256_of(entries_text(offers, entries)) == content["entries_sha256"], counted)]


def _commitment_findings(content: Mapping[str, Any]) -> list[Finding]:
    told = content["commitment"]
    committed_on, public_day = date.fromisoformat(told["committed_on"]), date.fromisoformat(told["public_day"])
    return [
        Finding(_HEX.fullmatch(told["seed_sha256"]) is not None, "the secret was committed by a SHA-256"),
        Finding(
            committed_on < public_day,
            f"it was committed on {committed_on}, before the public value of {public_day} ({told['public_source']})",
        ),
    ]


def _result_findings(content: Mapping[str, Any], offers: list[Offer], entries: list[Entry]) -> list[Finding]:
    told, secret = content["drawn"], bytes.fromhex(content["drawn"]["secret"])
    findings = [
        Finding(
            len(secret) == 32 and sha256_of(secret) == content["commitment"]["seed_sha256"],
            "the secret is the one that was committed",
        ),
        Finding(_is_public_value(content), f"the public value: {told['public_value']}"),
    ]
    if not all(finding.holds for finding in findings):
        return findings
    results = draw(offers, entries, seed_of(secret, told["public_value"], content["entries_sha256"]))
    right = [(one.entry.id, one.lot) for one in results] == [(one["id"], one["lot"]) for one in told["results"]]
    placed = [(one.entry.id, one.offer) for one in results] == [(one["id"], one["offer"]) for one in told["results"]]
    waiting = sum(one.offer is None for one in results)
    return [
        *findings,
        Finding(right, f"the order of {len(results)} entries follows from the lots"),
        Finding(placed, f"the places follow from order and choices: {len(results) - waiting} placed, {waiting} wait"),
    ]


def _is_public_value(content: Mapping[str, Any]) -> bool:
    value, example = content["drawn"]["public_value"], content["commitment"].get("public_example")
    return PUBLIC_VALUE.fullmatch(value) is not None and (example is None or is_written_like(value, example))


def _whole(number: Any) -> int:
    if type(number) is not int:
        raise NotADraw(f"{number!r} is no whole number")
    return number


def _offer(offer: Offer) -> dict[str, Any]:
    return {"id": offer.id, "places": offer.places, "quotas": dict(sorted(offer.quotas.items()))}


def _entry(entry: Entry) -> dict[str, Any]:
    group = entry.group or NO_GROUP
    return {
        "id": entry.id,
        "group": group,
        "weight": entry.weight,
        "persons": entry.persons,
        "choices": list(entry.choices),
    }
