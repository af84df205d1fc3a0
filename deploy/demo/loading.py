"""Loads the demo union into running services, and its accounts into the gateway's database."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from environs import EnvError

from deploy.demo.notices import make_notices
from deploy.demo.people import seeded_id
from deploy.demo.scene import in_order
from deploy.demo.scenes import SCENES
from deploy.demo.union import POSTS, DemoUnion
from deploy.demo.units import UNION
from services.chassis.database.engine import Database
from services.chassis.database.transaction import transaction
from services.chassis.errors import Refused
from services.chassis.process.runner import calling
from services.chassis.process.settings import settings
from services.chassis.rpc.context import CallContext

ACCOUNTS = (*(name for name, _ in POSTS), "member")
LARGEST = 100_000
PASSWORD_FILE = "demo-password"
SAVED_FILTER = ("合同制在册会员", {"standing": "active", "employment": "contract"})
"""A saved filter of the members' list that the officer begins with."""
PROFILE = {
    "office": "行政楼 201 室",
    "hours": "工作日 8:30—11:30，13:30—17:00",
    "phone": "0571-0000 0000",
    "email": "union@example.edu.cn",
}
"""The contact on the demo union's front page."""


def load_into_running(members: int, seed: int, accounts: int, *, once: bool = False) -> Iterator[str]:
    """Load the demo union through the running services; calling it again completes what is missing.

    Args:
        members: how many, up to 100,000.
        seed: the same seed makes the same union.
        accounts: how many members besides the holders of posts get an account m000001, ….
        once: do nothing when the demo accounts exist, which are created last.

    Raises:
        ValueError: more members than the demo can make.
        EnvError: the accounts' password can be stored nowhere.
        Refused: the databases hold another union.
    """
    if not 1 <= members <= LARGEST:
        raise ValueError(f"the demo union has 1 to {LARGEST} members")
    if real_union_stands(seed):
        raise Refused(
            "A union is here already that is not this demonstration; made-up people are loaded into empty databases "
            "only.",
            rule="demo.databases_are_empty",
        )
    demo_password()
    gateway = Database(settings().database_url_of("gateway"), pool_size=1)
    try:
        if once and _stands(gateway):
            return
        with calling("demo") as client:
            union = DemoUnion(client, members, seed)
            for scene in in_order(SCENES):
                yield f"demo: {scene.play(union)}"
        _make_accounts(gateway, union, accounts)
        yield f"demo: {len(ACCOUNTS) + accounts} accounts"
    finally:
        gateway.close()


def real_union_stands(seed: int) -> bool:
    """Whether the databases hold another union than the demo of this seed, complete or not."""
    from services.membership.organisation.tables import Unit
    from services.membership.record.tables import Member

    with (
        closing(Database(settings().database_url_of("membership"), pool_size=1)) as membership,
        membership.session(readonly=True) as session,
    ):
        if session.get(Member, seeded_id(seed, "member", 0)) is not None:
            return False
        name = session.scalar(sa.select(Unit.name).where(Unit.kind == "union").limit(1))
        return name not in (None, UNION[1]) or session.scalar(sa.select(Member.id).limit(1)) is not None


def _stands(gateway: Database) -> bool:
    from gateway.identity.tables import Account

    with gateway.session() as session:
        return bool(session.scalar(sa.select(sa.func.count()).where(Account.username == "officer")))


def _make_accounts(gateway: Database, union: DemoUnion, count: int) -> None:
    from gateway.identity.accounts import create_accounts, with_hashes
    from gateway.identity.saved_filters import save
    from gateway.union_profile import profile
    from gateway.union_profile.changes import change

    password = demo_password()
    rows = [
        *_account_rows(union, password),
        *_member_account_rows(union, count, password),
        {"username": "hr-system", "password": password, "program_role": "hr"},
    ]
    hashed = with_hashes(rows)
    with transaction(gateway, CallContext()) as tx:
        create_accounts(tx, hashed)
        holder = union.member_id(union.holder("delegate"))
        make_notices(tx, holder, seeded_id(union.seed, "account", "delegate"))
        save(tx, seeded_id(union.seed, "account", "officer"), "members", *SAVED_FILTER)
        if profile.read(tx.session).version == 0:
            change(tx, {**dict.fromkeys(profile.TEXTS), **PROFILE, "version": 0})


def _account_rows(union: DemoUnion, password: str) -> list[dict[str, Any]]:
    """Return the demo accounts, each bound to the member that holds its post."""
    return [
        {
            "id": seeded_id(union.seed, "account", name),
            "username": name,
            "password": password,
            "member_id": union.member_id(union.holder(name)),
        }
        for name in ACCOUNTS
    ]


def _member_account_rows(union: DemoUnion, count: int, password: str) -> Iterator[dict[str, Any]]:
    """Yield accounts `m000001`, … for the first members without demo account."""
    taken: set[UUID] = {union.member_id(index) for index in range(len(union.units) * 2)}
    rows = (index for index in range(union.count) if union.member_id(index) not in taken)
    for number, index in zip(range(1, count + 1), rows, strict=False):
        yield {"username": f"m{number:06d}", "password": password, "member_id": union.member_id(index)}


def demo_password() -> str:
    """Return the demo accounts' password: the environment's, else one generated once and stored beside the data.

    Raises:
        EnvError: the environment has none, and none can be stored.
    """
    given = os.environ.get("GONGHUI_DEMO_PASSWORD")
    if given:
        return given
    path = Path(os.environ.get("DATA", "./var")) / PASSWORD_FILE
    try:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"demo-{secrets.token_hex(4)}\n")
            path.chmod(0o600)
        return path.read_text().strip()
    except OSError as error:  # as in a container, where nothing can be written
        raise EnvError(f"GONGHUI_DEMO_PASSWORD is not set, and {path} cannot keep one: {error.strerror}") from error


def demo_accounts() -> Iterator[str]:
    """Yield the lines that tell how to sign in to the demo union."""
    yield f"Demo accounts: {' '.join(ACCOUNTS)}"
    yield f"Password of each: {demo_password()} (works in this demo data only)"
