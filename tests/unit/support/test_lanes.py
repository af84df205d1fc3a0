"""`make test` leaves no test out and runs none twice."""

from __future__ import annotations

from tests.architecture.source import ROOT
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
    in_lanes = [path.removeprefix("tests/") for paths in LANES.values() for path in paths if not path.endswith(".py")]

    assert sorted([*in_lanes, *OTHER_TARGETS]) == sorted(folders | set(OTHER_TARGETS))
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert [target for target in OTHER_TARGETS.values() if f"\n{target.removeprefix('make ')}:" not in makefile] == []


def test_a_file_with_a_lane_of_its_own_is_there_and_left_out_of_its_folders():
    files = [path for paths in LANES.values() for path in paths if path.endswith(".py")]

    assert files
    for file in files:
        assert (ROOT / file).is_file()
        wanting = [name for name in LANES if f"--ignore={file}" in command(name)]
        assert wanting == [name for name, paths in LANES.items() if file.rpartition("/")[0] in paths]
