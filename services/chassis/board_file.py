"""The exported board of a secret ballot, checked by anyone without a network. docs/ballots.md describes the file."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from services.chassis.ballot_board import (
    Definition,
    Entry,
    NotValid,
    flaw_of,
    next_link,
    opened_vote,
)
from services.chassis.board_statements import is_signed, key_fingerprint
from services.chassis.findings import Finding
from services.chassis.security.blind_signatures import BlindSignatureError
from services.chassis.security.threshold_keys import ORDER, SECRET, public_point

LARGEST = 1024 * 1024 * 1024
"""Bytes of a file that is read."""
_SHOWN = 5
"""Trackers of entries with a fault that a sentence names."""


class NotABoard(ValueError):
    """The file is no board of a secret ballot, or an incomplete one."""


def board_file(
    definition: Mapping[str, Any],
    entries: Iterable[Mapping[str, Any]],
    head: Mapping[str, Any],
    opened: Mapping[str, Any] | None = None,
    statements: Sequence[Mapping[str, Any]] = (),
) -> dict[str, Any]:
    """Return the content of the file.

    Args:
        definition: of the ballot, in JSON form.
        entries: of the board in their order, in JSON form.
        head: signed, over these entries.
        opened: `secret` (the private key, in hexadecimal), `votes` (in the order of the entries, null for one that
            can't be opened) and `tally` (how many votes of each text), once the votes were opened.
        statements: of the registrars after the first, once they were made; in format 2.
    """
    content: dict[str, Any] = {"definition": dict(definition), "entries": [dict(one) for one in entries]}
    content["head"] = dict(head)
    if statements:
        content["statements"] = [dict(one) for one in statements]
    return content if opened is None else {**content, "opened": dict(opened)}


def tally_of(votes: Iterable[str | None]) -> dict[str, int]:
    """Return how many votes have each text, in the order of the texts; those that can't be opened under ``""``."""
    return dict(sorted(Counter(vote or "" for vote in votes).items()))


def verify(text: str | bytes) -> list[Finding]:
    """Check a board as far as it goes: before the end without a result.

    Raises:
        NotABoard: the text is not a file of a board.
    """
    content = _read(text)
    try:
        definition = Definition.of(content["definition"])
    except (NotValid, KeyError, AttributeError) as error:
        raise NotABoard(f"not a board of a secret ballot: {error}") from None
    try:
        entries = [Entry.of(one) for one in content["entries"]]
        findings = [
            *_entry_findings(definition, entries),
            *_chain_findings(definition, content["entries"], content["head"]),
            *_statement_findings(definition, content),
        ]
        if content.get("opened") is not None:
            findings.extend(_opened_findings(definition, entries, content["opened"]))
        return findings
    except NotValid as error:
        return [Finding(False, f"the file is written as its format says: {error}")]
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise NotABoard(f"not a board of a secret ballot: {error}") from None


def same_board(text: str | bytes, earlier: str | bytes) -> list[Finding]:
    """Compare a board with an earlier copy: the definition is the same and every entry stands where it stood.

    Raises:
        NotABoard: a text is not a file of a board.
    """
    now, before = _read(text), _read(earlier)
    same = now.get("definition") == before.get("definition")
    kept = now.get("entries", [])[: len(before.get("entries", []))] == before.get("entries")
    return [
        Finding(same, "the definition has not changed"),
        Finding(kept, f"the {len(before.get('entries', []))} entries of the earlier copy have not changed"),
    ]


def facts_of(text: str | bytes) -> list[str]:
    """Return what a reader compares with the notices: the hashes of definition and keys, and the head of the chain.

    Raises:
        NotABoard: the text is not a file of a board.
    """
    content = _read(text)
    try:
        definition = Definition.of(content["definition"])
        keys = [f"key of {name}: {key_fingerprint(key)}" for name, key in definition.registrars]
        chain = f"head of the chain: {content['head']['chain']}"
        return [f"fingerprint of the ballot: {definition.start}", *keys, chain]
    except (KeyError, TypeError, ValueError) as error:
        raise NotABoard(f"not a board of a secret ballot: {error}") from None


def _read(text: str | bytes) -> dict[str, Any]:
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotABoard(f"not a board of a secret ballot: {error}") from None
    if not isinstance(content, dict):
        raise NotABoard("not a board of a secret ballot")
    return content


def _entry_findings(definition: Definition, entries: Sequence[Entry]) -> list[Finding]:
    try:
        keys = definition.registrar_keys()
    except BlindSignatureError:
        return [Finding(False, "the keys of the registrars are keys")]
    flaws: dict[str, list[str]] = {"form": [], "token": [], "vote": []}
    for entry in entries:
        flaw = flaw_of(definition, keys, entry)
        if flaw is not None:
            flaws[flaw].append(entry.tracker)
    names = " and ".join(name for name, _ in definition.registrars)
    tokens = Counter(entry.token for entry in entries)
    twice = [entry.tracker for entry in entries if tokens[entry.token] > 1]
    return [
        _of_entries(f"{len(entries)} entries have the right form", flaws["form"]),
        _of_entries(f"every token is signed by {names}", flaws["token"]),
        _of_entries("every vote is signed with its token", flaws["vote"]),
        _of_entries("no token was used twice", twice),
    ]


def _chain_findings(
    definition: Definition, entries: Sequence[Mapping[str, Any]], head: Mapping[str, Any]
) -> list[Finding]:
    chain = definition.start
    for entry in entries:
        chain = next_link(chain, entry)
    right = head["chain"] == chain and head["entries"] == len(entries) and head["ballot"] == definition.ballot
    marks = head["marks"]
    telling = 1 if definition.statement_keys else len(definition.registrars)
    enough = len(marks) == telling and all(len(entries) <= mark for mark in marks)
    told = " and ".join(str(mark) for mark in marks)
    return [
        Finding(right, f"the chain of {len(entries)} entries ends with the head {head['chain']}"),
        Finding(is_signed(definition.union_key, head), "the union signed the head"),
        Finding(enough, f"there are not more votes ({len(entries)}) than tokens were given out ({told})"),
    ]


def _statement_findings(definition: Definition, content: Mapping[str, Any]) -> Iterator[Finding]:
    """Compare what each registrar after the first says it did with the board and the union's head."""
    if not definition.statement_keys:
        return
    head, votes = content["head"], len(content["entries"])
    told = {one["registrar"]: one for one in content.get("statements", ())}
    names = [name for name, _ in definition.registrars[1:]]
    for name, key in zip(names, definition.statement_keys, strict=True):
        statement = told.get(name)
        if statement is None:
            if content.get("opened") is not None:
                yield Finding(False, f"{name} said how many tokens it gave out before the votes were opened")
            continue
        signed = is_signed(key, statement) and statement["ballot"] == definition.ballot
        yield Finding(signed, f"{name} signed its statement")
        enough = votes <= statement["marks"] <= statement["voters"]
        yield Finding(enough, f"there are not more votes ({votes}) than tokens of {name} ({statement['marks']})")
        same = (statement["roll"], statement["voters"]) == (head["roll"], head["voters"])
        yield Finding(same, f"{name} and the union had the same roll of {head['voters']} voters")


def _opened_findings(definition: Definition, entries: Sequence[Entry], opened: Mapping[str, Any]) -> list[Finding]:
    secret = int(opened["secret"], 16)
    written = len(opened["secret"]) == 2 * SECRET and 0 < secret < ORDER
    if not written or public_point(secret) != definition.vote_key:
        return [Finding(False, "the private key is that of the ballot")]
    votes = [opened_vote(definition, secret, entry) for entry in entries]
    return [
        Finding(True, "the private key is that of the ballot"),
        Finding(votes == opened["votes"], f"the {len(votes)} votes are what was encrypted"),
        Finding(tally_of(votes) == opened["tally"], "the tally follows from the votes: " + _tally_words(votes)),
    ]


def _tally_words(votes: Iterable[str | None]) -> str:
    return ", ".join(f"{choices or 'invalid'}: {count}" for choices, count in tally_of(votes).items()) or "none"


def _of_entries(words: str, faulty: Sequence[str]) -> Finding:
    if not faulty:
        return Finding(True, words)
    more = f" and {len(faulty) - _SHOWN} more" if len(faulty) > _SHOWN else ""
    return Finding(False, f"{words}; not so: {', '.join(faulty[:_SHOWN])}{more}")
