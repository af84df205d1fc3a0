"""A secret ballot of a whole union: who copies every message, table, log line and backup joins no voter and vote."""

from __future__ import annotations

import base64
import json
import re
import zipfile
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from services.chassis import ballot_board as board
from services.chassis.board_file import verify
from services.chassis.database.engine import Database
from services.chassis.security.threshold_keys import unseal
from tests.support.api import Api, eventually
from tests.support.broker_tap import tapped
from tests.support.every_row import as_text, rows_of
from tests.support.secret_voting import Token
from tests.support.stack import SERVICES, RealStack, Stack

VOTERS = ("officer", "chair", "member", "handler", "mediator")
SCRUTINEERS = ("auditor", "delegate")
BALLOTS = "/governance/ballots"
_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
REAL = pytest.mark.parametrize("union", ["real"], indirect=True)
"""Embedded, the broker is in the process itself, and a backup is the files whose rows are read."""
SECRETS = ("tracker", "token", "sealed", "signature")


class Played:
    """A ballot that was voted on: who voted, and what only the voters know."""

    def __init__(self, ballot_id: str) -> None:
        self.ballot_id = ballot_id
        self.members: dict[str, str] = {}
        self.votes: dict[str, dict[str, Any]] = {}
        self.messages: list[tuple[dict[str, Any], str]] = []

    def names(self) -> set[str]:
        return {one.replace("-", "") for one in self.members.values()}

    def of_votes(self) -> set[str]:
        return {vote[name] for vote in self.votes.values() for name in SECRETS}

    def must_not_join(self, what: str, text: str) -> None:
        """Require that a text with a vote in it names no voter."""
        if any(value in text for value in self.of_votes()):
            plain = text.replace("-", "")
            assert not any(name in plain for name in self.names()), what


@pytest.fixture(scope="module")
def played(union: Stack) -> Played:
    """Each votes right after getting the token, as the careless do; two registrars sign it."""
    exchanges = ["nameko-rpc", *(f"{service}.events" for service in SERVICES)]
    is_real = isinstance(union, RealStack)
    with tapped(union.env["GONGHUI_AMQP_URL"], exchanges) if is_real else nullcontext() as tap:
        made = _play(union)
        made.messages = tap.messages() if tap is not None else []
    return made


def _play(union: Stack) -> Played:
    callers = {name: Api(union.url).sign_in(name) for name in (*VOTERS, *SCRUTINEERS)}
    officer = callers["officer"]
    ids = {name: one.get("/me")["member_id"] for name, one in callers.items()}
    others = [one["id"] for one in officer.get("/membership/members", standing="active", limit=30)["items"]]
    electorate = list(dict.fromkeys([*ids.values(), *others]))[:14]
    terms = {"title": "攻击试验", "kind": "yes_no", "secrecy": "secret", "body": "union", "electorate": "list"}
    made = Played(officer.post(BALLOTS, {**terms, "member_ids": electorate}, status=201)["id"])
    address = f"{BALLOTS}/{made.ballot_id}"
    named = [ids[name] for name in SCRUTINEERS]
    officer.post(f"{address}/scrutineers", {"member_ids": named, "needed": 2})
    keys = {name: ec.generate_private_key(ec.SECP256R1()) for name in SCRUTINEERS}
    for name, key in keys.items():
        point = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        callers[name].post(f"{address}/scrutineer-keys", {"public_key": board.encoded(point)})
    officer.post(f"{address}/open", {})
    eventually(lambda: Api(union.url).get(f"{address}/scrutiny")["state"] == "open")
    definition = board.Definition.of(Api(union.url).get(f"{address}/board")["definition"])
    for place, name in enumerate(VOTERS):
        made.members[name] = ids[name]
        made.votes[name] = _vote(union, callers[name], address, definition, ("yes", "no")[place % 2])
    officer.post(f"{address}/close", {})
    for name in SCRUTINEERS:
        sealed = callers[name].get(f"{address}/ceremony")["sealed_share"]
        secret = keys[name].private_numbers().private_value
        share = unseal(secret, board.decoded(sealed), board.about("share", made.ballot_id))
        callers[name].post(f"{address}/shares", {"share": board.encoded(share)})
    eventually(lambda: officer.get(address)["state"] == "closed")
    return made


def _vote(union: Stack, voter: Api, address: str, definition: board.Definition, choice: str) -> dict[str, Any]:
    token = Token()
    for (_, key), path in zip(definition.registrars, ("tokens", "scrutiny-tokens"), strict=True):
        asked = {"blinded": board.encoded(token.request(key))}
        token.take(key, board.decoded(voter.post(f"{address}/{path}", asked)["signature"]))
    entry = token.vote(definition, choice).content()
    sent = {name: entry[name] for name in ("token", "signatures", "sealed", "signature")}
    # The session of the voter goes along, as a careless program sends it.
    assert voter.post(f"{address}/sealed-votes", sent)["tracker"] == entry["tracker"]
    return entry


def test_the_exported_board_verifies_and_every_voter_is_on_it(union: Stack, played: Played) -> None:
    content = Api(union.url).send("GET", f"{BALLOTS}/{played.ballot_id}/board/file").content
    assert all(finding.holds for finding in verify(content))
    exported = json.loads(content)
    (statement,) = exported["statements"]
    assert (statement["marks"], statement["voters"], statement["roll"]) == (
        len(VOTERS), exported["head"]["voters"], exported["head"]["roll"],
    )  # fmt: skip
    assert {one["tracker"] for one in exported["entries"]} == {one["tracker"] for one in played.votes.values()}
    assert exported["opened"]["tally"] == {"no": 2, "yes": 3}


@REAL
def test_no_message_joins_a_voter_and_a_vote(union: Stack, played: Played) -> None:
    stories: dict[bool, set[str]] = {True: set(), False: set()}
    votes = voters = 0
    for headers, body in played.messages:
        told = json.dumps(headers, default=str) + _principals(headers)
        played.must_not_join("a message", told + body)
        holds_vote = any(value in body for value in played.of_votes())
        names_voter = any(name in (told + body).replace("-", "") for name in played.names())
        votes, voters = votes + holds_vote, voters + names_voter
        if holds_vote or names_voter:
            stories[holds_vote] |= set(_UUID.findall(told))
    assert votes >= len(VOTERS), "the tap sees the votes"
    assert voters >= len(VOTERS), "the tap sees the voters"
    assert not stories[True] & stories[False], "no id goes from a message about a voter to one with a vote"


def test_no_row_joins_a_voter_and_a_vote(union: Stack, played: Played) -> None:
    holding = set()
    for service, table, row in _rows(union):
        text = as_text(row)
        played.must_not_join(f"{service}.{table}", text)
        if any(value in text for value in played.of_votes()):
            holding.add((service, table))
    assert holding == {("governance", "secret_vote")}


def test_no_line_of_a_log_holds_a_vote(union: Stack, played: Played) -> None:
    logs = list(union.folder.glob("*.log"))
    assert logs
    for log in logs:
        text = log.read_text("utf-8", errors="replace")
        assert not [value for value in played.of_votes() if value in text], log.name
        assert "sealed-votes" not in text, log.name


@REAL
def test_no_line_of_a_backup_joins_a_voter_and_a_vote(union: Stack, played: Played, tmp_path: Path) -> None:
    union.run("backup", str(tmp_path))
    (archive,) = tmp_path.iterdir()
    found = 0
    with zipfile.ZipFile(archive) as stored:
        for name in stored.namelist():
            for line in stored.read(name).decode("utf-8", "replace").splitlines():
                played.must_not_join(name, line)
                found += any(value in line for value in played.of_votes())
    assert found >= len(VOTERS), "the votes are in the backup"


def _principals(headers: dict[str, Any]) -> str:
    """Return what the signed principals of a message say."""
    told = []
    for value in headers.values():
        for part in re.findall(r"eyJ[\w-]+\.([\w-]+)\.", str(value)):
            told.append(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)).decode("utf-8", "replace"))
    return " ".join(told)


def _rows(union: Stack) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for service in SERVICES:
        url = union.env.get(f"GONGHUI_{service.upper()}_DATABASE_URL") or f"sqlite:///{union.folder}/{service}.sqlite3"
        database = Database(url)
        try:
            yield from ((service, table, row) for table, row in rows_of(database))
        finally:
            database.close()
