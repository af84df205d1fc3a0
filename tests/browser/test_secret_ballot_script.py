"""The voter's script in the real browser, under the portal's policy: the values of RFC 9474, and our own services."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from gateway.portal.assets import asset
from services.chassis.security import blind_signatures as blinding
from services.chassis.security.threshold_keys import OVERHEAD, new_secret, public_point, seal, unseal

VECTOR = json.loads((Path(__file__).parents[1] / "support/vectors/rfc9474.json").read_text())
BALLOT = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0601"
START = "const m = await import(given.script); const b = m.fromBase64; const t = m.toBase64;"


def text(content: bytes) -> str:
    return base64.b64encode(content).decode()


def raw(content: str) -> bytes:
    return base64.b64decode(content)


@pytest.fixture
def script(visitor: Any) -> Any:
    """`script(body, **given)` runs statements of the module in a page of the portal and returns what they return."""
    somebody = visitor()
    somebody.open("/")
    address = f"/assets/{asset('secret-ballot.js').digest}/secret-ballot.js"

    def run(body: str, **given: Any) -> Any:
        return somebody.page.evaluate(f"async (given) => {{ {START} {body} }}", {"script": address, **given})

    return run


def test_every_value_of_the_rfc(script):
    n, e, inverse = (int(VECTOR[name], 16) for name in ("n", "e", "inv"))
    public = rsa.RSAPublicNumbers(e, n).public_key()
    length = len(VECTOR["n"]) // 2
    told = script(
        """
        const key = await m.registrarKey(b(given.key));
        const prepared = b(given.prepared), salt = b(given.salt);
        const blinded = await m.blind(key, prepared, salt, BigInt(given.factor));
        const signature = await m.finalize(key, prepared, b(given.answer), blinded.inverse);
        return {
          encoded: m.toHex(await m.encoded(prepared, key.bits - 1, salt)), blinded: m.toHex(blinded.message),
          inverse: m.toHex(blinded.inverse), signature: m.toHex(signature),
          holds: await m.isSigned(key, prepared, signature), other: await m.isSigned(key, salt, signature),
        };
        """,
        key=text(blinding.public_bytes(public)),
        prepared=text(bytes.fromhex(VECTOR["prepared_msg"])),
        salt=text(bytes.fromhex(VECTOR["salt"])),
        factor=str(pow(inverse, -1, n)),
        answer=text(bytes.fromhex(VECTOR["blind_sig"])),
    )
    assert told == {
        "encoded": VECTOR["encoded_msg"],
        "blinded": VECTOR["blinded_msg"],
        "inverse": f"{inverse:0{2 * length}x}",
        "signature": VECTOR["sig"],
        "holds": True,
        "other": False,
    }


def test_a_token_is_signed_without_being_seen(script):
    signer = blinding.Signer(blinding.private_text(blinding.new_key()))
    key = text(blinding.public_bytes(signer.public))
    asked = script(
        """
        const pair = await m.newPair();
        const prepared = m.prepare(m.pointOf(pair));
        const blinded = await m.blind(await m.registrarKey(b(given.key)), prepared);
        return { prepared: t(prepared), message: t(blinded.message), inverse: t(blinded.inverse) };
        """,
        key=key,
    )
    finish = """
        const key = await m.registrarKey(b(given.key));
        try { return t(await m.finalize(key, b(given.prepared), b(given.answer), b(given.inverse))); }
        catch (error) { return error.message; }
        """
    answer = signer.sign(raw(asked["message"]))
    signature = raw(script(finish, key=key, answer=text(answer), **asked))
    assert blinding.is_signed(signer.public, raw(asked["prepared"]), signature)
    wrong = signer.sign(b"\x01" * 384)
    assert script(finish, key=key, answer=text(wrong), **asked) == "invalid signature"
    assert script(finish, key=key, answer=text(b"short"), **asked) == "unexpected input size"


def test_a_vote_is_encrypted_to_the_key_of_the_ballot_and_signed_by_its_token(script):
    secret = new_secret()
    told = script(
        """
        const pair = await m.newPair();
        const prepared = m.prepare(m.pointOf(pair));
        const cast = await m.castable(given.ballot, b(given.key), 200, { pair, prepared }, ["2", "10"]);
        return { prepared: t(prepared), sealed: t(cast.sealed), signature: t(cast.signature), tracker: cast.tracker };
        """,
        ballot=BALLOT,
        key=text(public_point(secret)),
    )
    prepared, sealed, signature = (raw(told[name]) for name in ("prepared", "sealed", "signature"))
    about = f"gonghui-ballot/1 vote\n{BALLOT}\n".encode()
    assert len(sealed) == 200 + OVERHEAD, "the length tells nothing of the vote"
    assert unseal(secret, sealed, about, prepared).decode().rstrip() == "2,10"
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), prepared[32:])
    halves = (int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big"))
    key.verify(encode_dss_signature(*halves), about + sealed, ec.ECDSA(SHA256()))


def test_a_scrutineer_opens_his_share_with_what_he_wrote_down(script):
    made = script("const p = await m.newPair(); return { public: t(m.pointOf(p)), secret: t(m.secretOf(p)) };")
    share = bytes(range(32))
    sealed = seal(raw(made["public"]), share, f"gonghui-ballot/1 share\n{BALLOT}\n".encode())
    open_it = """
        const pair = m.pairOf(b(given.public), b(given.secret));
        try { return t(await m.shareOf(pair, given.ballot, b(given.sealed))); } catch (error) { return error.name; }
        """
    assert raw(script(open_it, sealed=text(sealed), ballot=BALLOT, **made)) == share
    other = script("const p = await m.newPair(); return { public: t(m.pointOf(p)), secret: t(m.secretOf(p)) };")
    assert script(open_it, sealed=text(sealed), ballot=BALLOT, **other) == "OperationError"
    assert script(open_it, sealed=text(sealed), ballot=BALLOT[:-1], **made) == "OperationError"
