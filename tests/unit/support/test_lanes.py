"""`make test` leaves no test out and runs none twice."""

from __future__ import annotations

from tests.architecture.source import ROOT
from tests.support import lanes
from tests.support.lanes import LANES, command

OTHER_TARGETS = {
    "containers": "make test-containers",
    "deploy": "make check",
    "faults": "make faults",
    "load": "make bench",
}
"""Folders with a make target of their own."""


def test_every_folder_of_tests_is_in_one_lane_or_has_a_target_of_its_own():
    folders = {path.parent.name for path in (ROOT / "tests").glob("*/test_*.py")}
    folders |= {path.parent.parent.name for path in (ROOT / "tests").glob("*/*/test_*.py")}
    in_lanes = {path.split("/")[1] for paths in LANES.values() for path in paths}

    assert sorted([*in_lanes, *OTHER_TARGETS]) == sorted(folders | set(OTHER_TARGETS))
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert [target for target in OTHER_TARGETS.values() if f"\n{target.removeprefix('make ')}:" not in makefile] == []


def test_what_has_a_lane_of_its_own_is_there_and_left_out_of_its_folders():
    parts = [path for paths in LANES.values() for path in paths if path.count("/") > 1]

    assert parts
    for part in parts:
        assert (ROOT / part).exists()
        wanting = [name for name in LANES if f"--ignore={part}" in command(name)]
        assert wanting == [name for name, paths in LANES.items() if part.rpartition("/")[0] in paths]


def test_why_a_lane_failed_is_told_again_at_the_end(capsys, monkeypatch, tmp_path):
    good, bad = tmp_path / "test_good.py", tmp_path / "test_bad.py"
    good.write_text("def test_good():\n    print('E   nothing')\n")
    bad.write_text("def test_bad():\n    assert 1 == 2\n\n\ndef test_good():\n    pass\n")
    monkeypatch.setattr(lanes, "LANES", {"good": (str(good),), "bad": (str(bad),)})

    assert lanes.main() == 1
    told = capsys.readouterr().out.splitlines()[-4:]
    assert told[0] == "bad       | E       assert 1 == 2"
    assert told[1].startswith("bad       | FAILED ")
    assert "::test_bad" in told[1]
    assert told[2].startswith("good: passed")
    assert told[3].startswith("bad: pytest ended with 1")
