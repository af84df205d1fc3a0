"""A union is backed up while it runs, restored elsewhere with equal digests, and goes on there."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from services.chassis.database.engine import Database
from services.chassis.database.tables import InboxEvent, OutboxEvent
from tests.support.api import Api
from tests.support.loaded import LoadedDemo
from tests.support.postgres import DatabaseServer
from tests.support.rabbitmq import Broker
from tests.support.stack import SERVICES, EmbeddedStack, RealStack, Stack, embedded_stack, real_stack

MEMBERS = 130


def manifest(archive: Path) -> dict:
    with zipfile.ZipFile(archive) as stored:
        return json.loads(stored.read("manifest.json"))


def digests(archive: Path) -> dict:
    told = manifest(archive)["services"]
    return {(s, t): note["digest"] for s, one in told.items() for t, note in one["tables"].items()}


def numbers(stack: Stack) -> list[str]:
    """Sign in as officer and member; what the officer sees of the first members."""
    Api(stack.url).sign_in("member")
    found = Api(stack.url).sign_in("officer").get("/membership/members", limit=20)
    return [item["number"] for item in found["items"]]


def test_a_union_on_postgresql_comes_back_elsewhere(
    amqp_server: Broker, database_server: DatabaseServer, tmp_path: Path, loaded_demo: LoadedDemo
):
    target = tmp_path / "backups"
    target.mkdir()
    urls = {service: database_server.new_database(f"restored_{service}") for service in SERVICES}
    vhost = amqp_server.new_vhost()
    try:
        with real_stack(tmp_path, amqp_server, database_server, loaded=loaded_demo(MEMBERS)) as stack:
            seen = numbers(stack)
            told = stack.run("backup", str(target))
            assert "Not in it: the keys" in told
            (archive,) = target.iterdir()
            assert archive.stat().st_mode & 0o077 == 0
            assert "as its manifest says" in stack.run("backup", "--verify", str(archive))
            refused = stack.fails("restore", str(archive))
            assert "stop every service first" in refused
            keys = {name: value for name, value in stack.env.items() if name.endswith(("_KEY", "_KEYS"))}
        (tmp_path / "there").mkdir()
        stranger = RealStack(tmp_path / "there", vhost, urls)
        assert "needs other keys" in stranger.fails("restore", str(archive))
        there = RealStack(tmp_path / "there", vhost, urls, **keys)
        printed = there.run("restore", str(archive))
        assert printed.count("counts and digests as in the manifest") == len(SERVICES)
        assert "Next: `gonghui migrate`" in printed.splitlines()[-1]
        assert "is not empty" in there.fails("restore", str(archive))
        there.run("backup", str(tmp_path / "second.zip"))
        assert digests(tmp_path / "second.zip") == digests(archive)
        there.start()
        try:
            assert numbers(there) == seen
        finally:
            there.stop()
        forget_a_delivery(urls)
        there.run("backup", str(tmp_path / "third.zip"))
        again = there.run("restore", "--replace", str(tmp_path / "third.zip"))
        assert re.search(r"^1 events were under way", again, re.MULTILINE)
    finally:
        for url in urls.values():
            database_server.drop_database(url)
        amqp_server.drop_vhost(vhost)


def forget_a_delivery(urls: dict[str, str]) -> None:
    """Make the databases look as if one event had been on its way when the backup was made."""
    source, consumer = Database(urls["membership"]), Database(urls["welfare"])
    with source.session() as session:
        event = session.query(OutboxEvent).filter_by(type="member_joined").order_by(OutboxEvent.position.desc()).first()
    with consumer.session() as session:
        assert session.query(InboxEvent).filter_by(event_id=event.id).delete()
    source.close()
    consumer.close()


def test_an_embedded_union_comes_back_elsewhere(tmp_path: Path, loaded_demo: LoadedDemo):
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    there.mkdir()
    archive, bare = tmp_path / "union.zip", tmp_path / "bare.zip"
    with embedded_stack(here, MEMBERS, loaded_demo(MEMBERS)) as stack:
        seen = numbers(stack)
        assert "The keys are in it" in stack.run("backup", "--with-keys", str(archive))
        stack.run("backup", str(bare))
        assert "is running in" in stack.fails("restore", str(archive))
    restored = EmbeddedStack(there, members=0)
    assert "holds no keys" in restored.fails("restore", str(bare))
    restored.run("restore", str(archive))
    assert "is not empty" in restored.fails("restore", str(archive))
    restored.run("backup", str(tmp_path / "second.zip"))
    assert digests(tmp_path / "second.zip") == digests(archive)
    try:
        restored.start()
        assert numbers(restored) == seen
    finally:
        restored.stop()


@pytest.mark.parametrize("change", ["contents", "cut"])
def test_a_damaged_archive_is_recognised(tmp_path: Path, change: str):
    (tmp_path / "union").mkdir()
    stack = EmbeddedStack(tmp_path / "union", members=0)
    stack.run("migrate")
    stack.run("backup", str(tmp_path / "a.zip"))
    damaged = tmp_path / "b.zip"
    if change == "cut":
        damaged.write_bytes((tmp_path / "a.zip").read_bytes()[:-2000])
    else:
        with zipfile.ZipFile(tmp_path / "a.zip") as whole, zipfile.ZipFile(damaged, "w") as other:
            for name in whole.namelist():
                content = whole.read(name)
                other.writestr(name, content.replace(b"2026-01", b"2026-02") if "membership" in name else content)
    why = stack.fails("backup", "--verify", str(damaged))
    assert ("no archive" if change == "cut" else "membership.consent_text") in why
    shutil.rmtree(tmp_path / "union")


def test_what_an_older_release_backed_up_comes_back_with_the_rules_this_one_ships(tmp_path: Path):
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    there.mkdir()
    older = EmbeddedStack(here, members=0)
    older.run("migrate")
    shipped = rules_of(here)
    assert shipped
    with closing(sqlite3.connect(here / "governance.sqlite3")) as database, database:
        database.execute("DELETE FROM policy_rule WHERE key = ?", (shipped[0][0],))
    assert rules_of(here) != shipped
    older.run("backup", "--with-keys", str(tmp_path / "older.zip"))
    restored = EmbeddedStack(there, members=0)
    told = restored.run("restore", str(tmp_path / "older.zip"))
    assert re.search(r"^governance: shipped rules are up to date \([1-9]\d* changed\)$", told, re.MULTILINE)
    assert rules_of(there) == shipped
    assert "Next: start the union" in told.splitlines()[-1]


def rules_of(folder: Path) -> list[tuple[str, str, str]]:
    """Key, scope and first day of every shipped rule of governance."""
    with closing(sqlite3.connect(folder / "governance.sqlite3")) as database:
        found = "SELECT key, scope, valid_from FROM policy_rule WHERE ruleset != 'own' ORDER BY 1, 2, 3"
        return database.execute(found).fetchall()
