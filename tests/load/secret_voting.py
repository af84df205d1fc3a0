"""Secret votes over HTTP: tokens signed blind for everybody at once, then cast, beside bare signatures on one core."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import gmpy2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from services.chassis import ballot_board as board
from services.chassis.security import blind_signatures as blinding
from services.chassis.security.threshold_keys import unseal
from tests.load.client import Request, Shot
from tests.load.figures import Figure
from tests.load.ground import Ground, bearer
from tests.support.api import Api, eventually
from tests.support.secret_voting import Token

VOTERS, QUICKLY = 1_500, 200
CONNECTIONS = 500
_SCRUTINEERS = ("auditor", "delegate")
_BALLOTS = "/governance/ballots"
_PATHS = ("tokens", "scrutiny-tokens")


def figures(ground: Ground) -> Iterator[Figure]:
    """Yield the row about secret votes: the rate of whole votes, a token signed twice, fetched and cast."""
    limit = bare_signatures(ground.seconds)
    tokens, cast = _votes(ground, ground.tokens[: QUICKLY if ground.quick else VOTERS])
    rate = cast.count / (sum(shot.seconds for shot in tokens) + cast.seconds)
    signed = "; ".join(
        f"{name} {shot.rate:,.0f}/s, p99 {shot.percentile(0.99):.0f} ms"
        for name, shot in zip(("union signs", "scrutiny signs"), tokens, strict=True)
    )
    yield Figure(
        f"secret vote: {cast.count:,} fetch a token at once, then cast at once",
        f"{rate:,.0f}/s; {signed}; cast {cast.rate:,.0f}/s, p99 {cast.percentile(0.99):.0f} ms",
        f"{limit:,.0f}/s (bare gmpy2 signatures, one core)",
        rate / limit,
        "≥ 0.5×",
        rate >= limit / 2,
        f"{cast.count:,} cast, all counted",
    )


def bare_signatures(seconds: float) -> float:
    """Return how many blind signatures a second one core makes with nothing around them, checked as ours are."""
    numbers = blinding.new_key().private_numbers()
    n, p, q = (gmpy2.mpz(one) for one in (numbers.public_numbers.n, numbers.p, numbers.q))
    message, made, began = gmpy2.mpz(2) ** 3000 + 1, 0, time.perf_counter()
    while time.perf_counter() - began < seconds:
        by_p = gmpy2.powmod_sec(message % p, numbers.dmp1, p)
        by_q = gmpy2.powmod_sec(message % q, numbers.dmq1, q)
        signature = by_q + (numbers.iqmp * (by_p - by_q) % p) * q
        assert gmpy2.powmod(signature, numbers.public_numbers.e, n) == message % n
        made += 1
    return made / (time.perf_counter() - began)


def _votes(ground: Ground, voters: list[str]) -> tuple[list[Shot], Shot]:
    """Let everybody fetch both signatures of a token, then cast; close, open and count."""
    keys = {name: ec.generate_private_key(ec.SECP256R1()) for name in _SCRUTINEERS}
    address, definition = _opened(ground, keys)
    held = [Token() for _ in voters]
    shots = [
        _signed(ground, f"/api/v1{address}/{path}", key, voters, held)
        for (_, key), path in zip(definition.registrars, _PATHS, strict=True)
    ]
    bodies = [token.vote(definition, "yes").content() for token in held]
    names = ("token", "signatures", "sealed", "signature")
    path = f"/api/v1{address}/sealed-votes"
    votes = [Request("POST", path, {}, {name: one[name] for name in names}) for one in bodies]
    cast = ground.fire(votes, connections=CONNECTIONS, keep=True)
    _must_be_answered(cast, len(voters))
    _count(ground, address, keys, len(voters))
    return shots, cast


def _signed(ground: Ground, path: str, registrar: bytes, voters: list[str], held: list[Token]) -> Shot:
    """Let a registrar sign everybody's token at once."""
    asked = {one.request(registrar): one for one in held}
    requests = [
        Request("POST", path, bearer(voter), {"blinded": board.encoded(blinded)})
        for voter, blinded in zip(voters, asked, strict=True)
    ]
    shot = ground.fire(requests, connections=CONNECTIONS, keep=True)
    _must_be_answered(shot, len(voters))
    numbers = blinding.public_key(registrar).public_numbers()
    for answer in _bodies(shot):
        signature = board.decoded(answer["signature"])
        message = int(gmpy2.powmod(int.from_bytes(signature, "big"), numbers.e, numbers.n))
        asked[message.to_bytes(len(signature), "big")].take(registrar, signature)
    return shot


def _opened(ground: Ground, keys: dict[str, Any]) -> tuple[str, board.Definition]:
    terms = {"title": "工会经费预算", "kind": "yes_no", "secrecy": "secret", "body": "union"}
    address = f"{_BALLOTS}/{ground.officer.post(_BALLOTS, terms, status=201)['id']}"
    callers = {name: Api(ground.stack.url).sign_in(name) for name in keys}
    named = [one.get("/me")["member_id"] for one in callers.values()]
    ground.officer.post(f"{address}/scrutineers", {"member_ids": named, "needed": 2})
    for name, key in keys.items():
        point = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        callers[name].post(f"{address}/scrutineer-keys", {"public_key": board.encoded(point)})
    ground.officer.post(f"{address}/open", {})
    eventually(lambda: ground.officer.get(address)["state"] == "open")
    eventually(lambda: ground.officer.get(f"{address}/scrutiny")["state"] == "open")
    return address, board.Definition.of(ground.officer.get(f"{address}/board")["definition"])


def _count(ground: Ground, address: str, keys: dict[str, Any], votes: int) -> None:
    ground.officer.post(f"{address}/close", {})
    for name, key in keys.items():
        caller = Api(ground.stack.url).sign_in(name)
        sealed = board.decoded(caller.get(f"{address}/ceremony")["sealed_share"])
        purpose = board.about("share", address.rpartition("/")[2])
        share = unseal(key.private_numbers().private_value, sealed, purpose)
        caller.post(f"{address}/shares", {"share": board.encoded(share)})
    eventually(lambda: ground.officer.get(address)["state"] == "closed")
    assert ground.officer.get(f"{address}/result")["cast"] == votes


def _must_be_answered(shot: Shot, count: int) -> None:
    assert shot.unanswered == 0, f"{shot.unanswered} got no answer"
    assert shot.statuses == {"200": count}, shot.statuses


def _bodies(shot: Shot) -> Iterator[Any]:
    for _, body in shot.answers:
        yield body
