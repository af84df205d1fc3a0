"""A key in shares: any that suffice open what was encrypted, fewer or wrong ones don't."""

from __future__ import annotations

from itertools import combinations

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from services.chassis.security.threshold_keys import (
    ORDER,
    OVERHEAD,
    NotOpened,
    Share,
    is_point,
    join,
    new_secret,
    public_point,
    seal,
    split,
    unseal,
)


def test_the_order_is_that_of_the_curve():
    # n times the generator is no point: n - 1 is the largest private key there is.
    ec.derive_private_key(ORDER - 1, ec.SECP256R1())
    with pytest.raises(ValueError, match="out of range"):
        ec.derive_private_key(ORDER, ec.SECP256R1())


def test_shares_worked_by_hand():
    # 5 + 3x at 1 and 2
    assert join([Share(1, 8), Share(2, 11)]) == 5
    # 7 + 2x + x² at 1, 3 and 4
    assert join([Share(4, 31), Share(1, 10), Share(3, 22)]) == 7


@given(st.integers(1, ORDER - 1), st.integers(1, 4), st.integers(0, 3))
def test_any_shares_that_suffice_give_the_secret_back(secret, needed, more):
    shares = split(secret, needed, needed + more)
    for some in combinations(shares, needed):
        assert join(some) == secret
    assert join(shares) == secret


def test_fewer_shares_or_a_wrong_one_give_another_number():
    secret = new_secret()
    shares = split(secret, 3, 5)
    assert join(shares[:2]) != secret
    assert join([*shares[:2], Share(3, shares[2].value ^ 1)]) != secret


@pytest.mark.parametrize(
    "shares", [[], [Share(1, 5), Share(1, 6)], [Share(1, 0)], [Share(1, ORDER)]], ids=["none", "twice", "zero", "large"]
)
def test_what_are_no_shares_is_refused(shares):
    with pytest.raises(NotOpened):
        join(shares)


def test_one_needs_as_many_shares_as_there_are_at_most():
    with pytest.raises(ValueError, match="4 of 3 shares"):
        split(new_secret(), 4, 3)


def test_only_the_key_opens_and_only_what_is_unchanged():
    secret = new_secret()
    sealed = seal(public_point(secret), b"yes", b"ballot 1", b"token")
    assert len(sealed) == 3 + OVERHEAD
    assert unseal(secret, sealed, b"ballot 1", b"token") == b"yes"
    changed = sealed[:-1] + bytes([sealed[-1] ^ 1])
    for key, content, info, bound in (
        (new_secret(), sealed, b"ballot 1", b"token"),
        (secret, changed, b"ballot 1", b"token"),
        (secret, b"\x04" + bytes(len(sealed) - 1), b"ballot 1", b"token"),
        (secret, sealed[:40], b"ballot 1", b"token"),
        (secret, sealed, b"ballot 2", b"token"),
        (secret, sealed, b"ballot 1", b"another token"),
        (0, sealed, b"ballot 1", b"token"),
    ):
        with pytest.raises(NotOpened):
            unseal(key, content, info, bound)


def test_the_same_vote_never_looks_alike():
    public = public_point(new_secret())
    assert seal(public, b"yes", b"") != seal(public, b"yes", b"")


def test_what_is_no_key_is_refused():
    assert is_point(public_point(1))
    assert not is_point(b"\x04" + bytes(64))
    assert not is_point(b"")
    with pytest.raises(NotOpened):
        seal(b"\x04" + bytes(64), b"yes", b"")
    with pytest.raises(NotOpened):
        public_point(ORDER)
