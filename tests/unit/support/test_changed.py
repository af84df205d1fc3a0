"""`make test CHANGED=1` runs what a change can reach, and leaves out only what it cannot."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.architecture.source import ROOT
from tests.support.changed import ALWAYS, PAGES, Reach, changed_files
from tests.support.lanes import LANES, chosen

VISITS = "services/welfare/visits/rules.py"


@pytest.fixture(scope="module")
def reach() -> Reach:
    """The project's own sources."""
    return Reach()


def all_tests() -> list[str]:
    """Every file of tests."""
    return sorted(str(path.relative_to(ROOT)) for path in (ROOT / "tests").rglob("test_*.py"))


def test_a_rule_is_reached_by_its_services_tests_and_by_those_that_start_the_union(reach):
    reached = reach.tests([VISITS])

    assert {
        "tests/unit/welfare/test_visit_rules.py",
        "tests/component/welfare/test_service.py",
        "tests/e2e/test_visit.py",
        "tests/browser/test_visit.py",
        "tests/contract/test_api.py",
    } <= set(reached)
    assert [path for path in reached if path.startswith("tests/component/") and "/welfare/" not in path] == []
    assert [path for path in reached if path.startswith("tests/unit/membership")] == []


def test_what_is_under_every_service_is_reached_by_the_tests_of_every_service(reach):
    reached = set(reach.tests(["services/chassis/database/transaction.py"]))

    assert {path for path in all_tests() if path.startswith("tests/component/")} <= reached


@pytest.mark.parametrize("name", ["page.html", "words.po", "heads.json"])
def test_what_a_subject_of_the_gateway_shows_is_reached_by_its_own_tests_and_the_pages(reach, name):
    reached = reach.tests([f"gateway/subjects/membership/dues/templates/portal/{name}"])

    assert set(PAGES) <= set(reached)
    assert [path for path in reached if path.startswith("tests/component/")] == []
    own = reach.tests([f"gateway/subjects/activities/activities/templates/portal/{name}"])
    assert set(own) - set(reached) == {
        "tests/unit/gateway/test_poster.py",
        "tests/unit/portal/test_forms.py",
        "tests/unit/portal/test_registration_form.py",
    }


def test_a_test_is_reached_by_its_own_change_alone(reach):
    assert reach.tests(["tests/unit/welfare/test_visit_rules.py"]) == sorted(
        ["tests/unit/welfare/test_visit_rules.py", *ALWAYS]
    )
    assert reach.tests(["tests/unit/welfare/test_that_was_deleted.py"]) == sorted(ALWAYS)


def test_fixtures_are_reached_by_the_tests_below_them(reach):
    reached = set(reach.tests(["tests/component/welfare/conftest.py"]))

    assert {path for path in all_tests() if path.startswith("tests/component/welfare/")} <= reached
    assert "tests/component/activities/test_service.py" not in reached


@pytest.mark.parametrize(
    ("started_by_name", "test"),
    [
        ("tests/support/forwarder.py", "tests/e2e/test_servers_away.py"),
        ("tests/support/long_memory.py", "tests/e2e/test_two_gateways.py"),
        ("services/governance/service.py", "tests/e2e/test_activity.py"),
    ],
)
def test_what_is_started_or_imported_by_name_is_reached(reach, started_by_name, test):
    assert test in reach.tests([started_by_name])


def test_a_file_that_no_module_imports_is_reached_by_what_stands_on_its_service(reach):
    for path in ("migrations/versions/0001_first.py", "rulesets/demo.json", "person/data/surnames.json"):
        reached = reach.tests([f"services/membership/{path}"])
        assert {"tests/component/membership/test_service.py", "tests/e2e/test_upgrade.py"} <= set(reached)
        assert "tests/component/welfare/test_service.py" not in reached


def test_data_of_tests_are_reached_by_the_tests_of_that_folder(reach):
    reached = reach.tests(["tests/e2e/releases/2026-11-28/gateway.sql"])

    assert "tests/e2e/test_upgrade.py" in reached
    elsewhere = {path.split("/")[1] for path in set(reached) - set(ALWAYS) - {"tests/unit/support/test_benchmark.py"}}
    assert elsewhere == {"e2e", "browser", "contract", "faults"}


def test_prose_is_reached_by_what_reads_it(reach):
    assert reach.tests(["README.md", "docs/testing.md"]) == sorted(ALWAYS)
    assert reach.tests(["services/membership/README.md"]) == sorted(["tests/unit/membership", *ALWAYS])
    assert "tests/contract" in reach.tests(["docs/openapi.json"])


@pytest.mark.parametrize("path", ["Makefile", "pyproject.toml", "requirements/run.lock", "tests/conftest.py", "new.x"])
def test_of_a_file_of_which_nothing_is_known_every_test_is_reached(reach, path):
    assert reach.tests([VISITS, path]) is None


def test_what_changed_is_what_differs_from_where_the_branch_began(tmp_path: Path):
    def git(*arguments: str) -> None:
        identity = ("-c", "user.name=A Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false")
        subprocess.run(["git", "-C", str(tmp_path), *identity, *arguments], check=True, capture_output=True)

    def write(**files: str) -> None:
        for name, text in files.items():
            (tmp_path / name).write_text(text)

    git("init", "--initial-branch=main")
    write(kept="1", changed="1", gone="1", 名单="1")
    git("add", ".")
    git("commit", "-m", "first")
    git("switch", "-c", "branch")
    write(committed="1", 名单="2")
    git("add", ".")
    git("commit", "-m", "second")
    git("switch", "main")
    write(elsewhere="1")
    git("add", ".")
    git("commit", "-m", "third")
    git("switch", "branch")
    write(changed="2", unknown="1")
    (tmp_path / "gone").unlink()

    assert changed_files(tmp_path) == ["changed", "committed", "gone", "unknown", "名单"]


def test_each_lane_runs_what_is_reached_of_its_own_and_no_test_is_run_twice():
    every = all_tests()
    lanes = {name: chosen(name, every) for name in LANES}

    run = [path for paths in lanes.values() for path in paths]
    assert len(run) == len(set(run))
    assert {path.split("/")[1] for path in set(every) - set(run)} == {"containers", "deploy", "faults"}
    assert all(path in lanes["faults"] for path in LANES["faults"])
    assert chosen("browser", [VISITS]) == []
    assert chosen("units", list(ALWAYS)) == list(ALWAYS)
