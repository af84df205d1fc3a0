"""Blind signatures: the values of RFC 9474, and what a signer or a verifier refuses."""

from __future__ import annotations

import json
from pathlib import Path

import gmpy2
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from services.chassis.process.native_threads import NativeThreads
from services.chassis.security import blind_signatures as blinding

VECTOR = json.loads((Path(__file__).parents[2] / "support/vectors/rfc9474.json").read_text())
NUMBER = {name: int(VECTOR[name], 16) for name in ("p", "q", "n", "e", "d", "inv")}
BYTES = {
    name: bytes.fromhex(VECTOR[name])
    for name in ("msg", "msg_prefix", "prepared_msg", "salt", "encoded_msg", "blinded_msg", "blind_sig", "sig")
}


@pytest.fixture(scope="module")
def vector_key() -> rsa.RSAPrivateKey:
    p, q, n, e, d = (NUMBER[name] for name in "pqned")
    public = rsa.RSAPublicNumbers(e, n)
    return rsa.RSAPrivateNumbers(p, q, d, d % (p - 1), d % (q - 1), int(gmpy2.invert(q, p)), public).private_key()


@pytest.fixture(scope="module")
def own_key() -> rsa.RSAPrivateKey:
    return blinding.new_key()


@pytest.fixture(scope="module")
def signer(own_key) -> blinding.Signer:
    return blinding.Signer(blinding.private_text(own_key))


def test_every_value_of_the_rfc(vector_key):
    public = vector_key.public_key()
    factor = int(gmpy2.invert(NUMBER["inv"], NUMBER["n"]))
    assert BYTES["prepared_msg"] == BYTES["msg_prefix"] + BYTES["msg"]
    assert blinding._encode(BYTES["prepared_msg"], public.key_size - 1, BYTES["salt"]) == BYTES["encoded_msg"]
    blinded = blinding.blind(public, BYTES["prepared_msg"], BYTES["salt"], factor)
    assert blinded == blinding.Blinded(BYTES["blinded_msg"], NUMBER["inv"])
    answer = blinding.Signer(blinding.private_text(vector_key)).sign(blinded.message)
    assert answer == BYTES["blind_sig"]
    assert blinding.finalize(public, BYTES["prepared_msg"], answer, blinded.inverse) == BYTES["sig"]
    assert blinding.is_signed(public, BYTES["prepared_msg"], BYTES["sig"])


def test_a_message_goes_the_whole_way_and_back_in_a_native_thread(own_key, signer):
    public = blinding.public_key(blinding.public_bytes(own_key.public_key()))
    prepared = blinding.prepare(b"token")
    blinded = blinding.blind(public, prepared)
    answer = NativeThreads(1, "signing").run(signer.sign, blinded.message)
    signature = blinding.finalize(public, prepared, answer, blinded.inverse)
    assert signer.sign(blinded.message) == answer, "the same request gets the same answer"
    assert blinding.is_signed(public, prepared, signature)
    assert not blinding.is_signed(public, prepared + b"x", signature)
    assert not blinding.is_signed(blinding.new_key().public_key(), prepared, signature)


def test_the_same_message_is_never_blinded_alike(own_key):
    public = own_key.public_key()
    prepared = blinding.prepare(b"token")
    assert prepared != blinding.prepare(b"token")
    assert blinding.blind(public, prepared).message != blinding.blind(public, prepared).message


@pytest.mark.parametrize(
    "bad", [b"", b"\x01", bytes(384), b"\xff" * 384, b"\x01" * 385], ids=["empty", "short", "zero", "large", "long"]
)
def test_a_signer_refuses_what_is_no_blinded_message(signer, bad):
    with pytest.raises(blinding.BlindSignatureError):
        signer.sign(bad)


def test_a_wrong_computation_never_leaves_the_signer(own_key):
    signer = blinding.Signer(blinding.private_text(own_key))
    signer._dp += 2
    blinded = blinding.blind(own_key.public_key(), blinding.prepare(b"token"))
    with pytest.raises(blinding.BlindSignatureError, match="signing failure"):
        signer.sign(blinded.message)


def test_an_answer_that_is_no_signature_is_refused(own_key, signer):
    public, prepared = own_key.public_key(), blinding.prepare(b"token")
    blinded, other = blinding.blind(public, prepared), blinding.blind(public, blinding.prepare(b"other"))
    for answer in (signer.sign(other.message), bytes(384), b"short"):
        with pytest.raises(blinding.BlindSignatureError):
            blinding.finalize(public, prepared, answer, blinded.inverse)


def test_a_key_is_an_rsa_key():
    for content in (b"", b"no key"):
        with pytest.raises(blinding.BlindSignatureError):
            blinding.public_key(content)
