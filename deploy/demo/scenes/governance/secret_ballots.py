"""Secret ballots: one counted and verifiable, one open, one that waits for the keys of its scrutineers.

Keys and tokens follow from the seed, so that loading can be stopped and started again; those of people are random.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from deploy.demo.people import seeded_id
from deploy.demo.scenes.governance.ballots import voters_of
from deploy.demo.union import DemoUnion
from services.chassis import ballot_board as board
from services.chassis.clock import now
from services.chassis.errors import Problem
from services.chassis.security import blind_signatures as blinding
from services.chassis.security.principal import ANONYMOUS, Grant, Principal
from services.chassis.security.threshold_keys import ORDER, public_point, unseal
from services.contracts.governance import secret_ballots as secret
from services.contracts.governance.ballots import operations as contract
from services.contracts.scrutiny.registrar import get_scrutiny, request_scrutiny_token

_MOST_TRIES = 300
_SCRUTINEERS = ("auditor", "delegate", "handler")
_NEEDED = 2
_SIGNING = {"union": contract.request_token, "scrutiny": request_scrutiny_token}


def play(union: DemoUnion) -> str:
    voters = voters_of(union)
    _decided(union, voters[:40])
    _open(union, voters)
    _prepared(union, voters[:60])
    return "3 secret ballots"


def _decided(union: DemoUnion, voters: list[UUID]) -> None:
    terms = {
        "title": "推选工会经费审查监督员", "kind": "choose", "body": "union_congress", "seats": 1,
        "options": [{"text": text} for text in ("计算机学院分工会代表", "机关分工会代表", "后勤分工会代表")],
        "about": "监督员任期一年，每季度查看一次经费收支。",
    }  # fmt: skip
    ballot_id = _called(union, "decided", terms, voters)
    _enrol(union, ballot_id)
    union.ask("secret-open-decided", contract.open_ballot, {"ballot_id": ballot_id}, union.as_officer())
    choices = ["1"] * 17 + ["2"] * 9 + ["3"] * 5 + ["abstain"] * 2
    _vote(union, ballot_id, list(zip(voters, choices, strict=False)))
    union.ask("secret-close-decided", contract.close_ballot, {"ballot_id": ballot_id}, union.as_officer())
    for place in range(_NEEDED):
        _give_share(union, ballot_id, place)
    _wait_for_the_count(union, ballot_id)


def _open(union: DemoUnion, voters: list[UUID]) -> None:
    terms = {
        "title": "教职工对食堂改造方案的无记名表决", "kind": "yes_no", "body": "union",
        "about": "改造期间二楼停用两个月，费用由学校承担。", "closes_at": now() + timedelta(days=6),
    }  # fmt: skip
    ballot_id = _called(union, "open", terms, voters)
    _enrol(union, ballot_id)
    union.ask("secret-open-open", contract.open_ballot, {"ballot_id": ballot_id}, union.as_officer())
    # Who tries the demonstration has fetched no token yet.
    _vote(union, ballot_id, [(one, ("yes", "no", "yes")[place % 3]) for place, one in enumerate(voters[10:36])])


def _prepared(union: DemoUnion, voters: list[UUID]) -> None:
    terms = {"title": "评选年度优秀分工会", "kind": "ranking", "body": "union_congress"}
    options = [{"text": text} for text in ("文学院分工会", "理学院分工会", "医学院分工会")]
    _called(union, "prepared", {**terms, "options": options}, voters)


def _called(union: DemoUnion, name: str, terms: dict[str, Any], voters: list[UUID]) -> str:
    """Create a ballot with its scrutineers; return its id."""
    about = {"secrecy": "secret", "electorate": "list", "member_ids": voters, **terms}
    made = union.ask(f"secret-{name}", contract.create_ballot, about, union.as_officer())
    named = [union.member_id(union.holder(one)) for one in _SCRUTINEERS]
    payload = {"ballot_id": made["id"], "member_ids": named, "needed": _NEEDED}
    union.ask(f"secret-scrutineers-{name}", contract.name_scrutineers, payload, union.as_officer())
    return str(made["id"])


def _enrol(union: DemoUnion, ballot_id: str) -> None:
    for place, account in enumerate(_SCRUTINEERS):
        key = board.encoded(public_point(_number(union, ballot_id, "scrutineer", place)))
        payload = {"ballot_id": ballot_id, "public_key": key}
        union.ask(f"secret-key-{ballot_id}-{place}", secret.enrol_scrutineer, payload, union.as_member(account))


def _give_share(union: DemoUnion, ballot_id: str, place: int) -> None:
    scrutineer = union.as_member(_SCRUTINEERS[place])
    told = union.ask("secret-ceremony", secret.get_ceremony, {"ballot_id": ballot_id}, scrutineer)
    key = _number(union, ballot_id, "scrutineer", place)
    share = board.encoded(unseal(key, board.decoded(told["sealed_share"]), board.about("share", ballot_id)))
    payload = {"ballot_id": ballot_id, "share": share}
    union.ask(f"secret-share-{ballot_id}-{place}", secret.give_share, payload, scrutineer)


def _vote(union: DemoUnion, ballot_id: str, votes: Sequence[tuple[UUID, str]]) -> None:
    definition = _definition(union, ballot_id)
    for member_id, choice in votes:
        entry = _entry(union, definition, member_id, choice).content()
        sent = {name: entry[name] for name in ("token", "signatures", "sealed", "signature")}
        try:
            union.ask("secret-vote", secret.cast_sealed_vote, {"ballot_id": ballot_id, **sent}, ANONYMOUS)
        except Problem as problem:
            # The vote was cast when the loading was begun before; it was encrypted in another way then.
            if problem.rule not in ("secret_ballots.token_is_unused", "secret_ballots.votes_are_taken"):
                raise


def _definition(union: DemoUnion, ballot_id: str) -> board.Definition:
    """Return the definition once votes are taken; a roll is frozen in the background."""
    for _ in range(_MOST_TRIES):
        page = union.ask("secret-board", secret.get_board, {"ballot_id": ballot_id, "limit": 1}, ANONYMOUS)
        told = union.ask("secret-scrutiny", get_scrutiny, {"ballot_id": ballot_id}, ANONYMOUS)
        if page["state"] not in ("preparing", "ready") and told["state"] != "keyed":
            return board.Definition.of(page["definition"])
        union.pause()
    raise RuntimeError(f"ballot {ballot_id} did not open")


def _wait_for_the_count(union: DemoUnion, ballot_id: str) -> None:
    for _ in range(_MOST_TRIES):
        shown = union.ask("secret-count", contract.get_ballot, {"ballot_id": ballot_id}, union.as_officer())
        if shown["state"] == "closed":
            return
        union.pause()
    raise RuntimeError(f"ballot {ballot_id} was not counted")


def _entry(union: DemoUnion, definition: board.Definition, member_id: UUID, choice: str) -> board.Entry:
    """Return the vote of a member, who fetches the token for it."""
    key = ec.derive_private_key(_number(union, definition.ballot, "voter", member_id), ec.SECP256R1())
    token = _bytes(union, definition.ballot, "prefix", member_id) + public_point(key.private_numbers().private_value)
    signed = tuple(
        _signature(union, definition, place, member_id, token) for place in range(len(definition.registrars))
    )
    sealed = board.sealed_vote(definition, token, choice)
    r, s = decode_dss_signature(key.sign(definition.about("vote") + sealed, ec.ECDSA(SHA256())))
    return board.Entry(token, signed, sealed, r.to_bytes(32, "big") + s.to_bytes(32, "big"))


def _signature(union: DemoUnion, definition: board.Definition, place: int, member_id: UUID, token: bytes) -> bytes:
    """Return a registrar's signature of a member's token."""
    name, registrar = definition.registrars[place][0], definition.registrar_keys()[place]
    salt = hashlib.sha384(_bytes(union, definition.ballot, f"salt-{name}", member_id)).digest()
    blinded = blinding.blind(registrar, token, salt, _number(union, definition.ballot, f"factor-{name}", member_id))
    payload = {"ballot_id": definition.ballot, "blinded": board.encoded(blinded.message)}
    step = f"secret-token-{name}-{definition.ballot}-{member_id}"
    answer = union.ask(step, _SIGNING[name], payload, _as(union, member_id))
    return blinding.finalize(registrar, token, board.decoded(answer["signature"]), blinded.inverse)


def _as(union: DemoUnion, member_id: UUID) -> Principal:
    account_id = seeded_id(union.seed, "voter", member_id)
    return Principal(kind="account", account_id=account_id, member_id=member_id, grants=(Grant("member"),))


def _bytes(union: DemoUnion, *parts: object) -> bytes:
    return hashlib.sha256(":".join(["gonghui-demo", str(union.seed), *map(str, parts)]).encode()).digest()


def _number(union: DemoUnion, *parts: object) -> int:
    return 1 + int.from_bytes(_bytes(union, *parts), "big") % (ORDER - 1)
