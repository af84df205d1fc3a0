"""The fair draw: worked by hand, uniform by its weights, recomputed by a program that knows only the description."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from collections import Counter
from itertools import permutations
from pathlib import Path

import pytest
from click.testing import CliRunner

from deploy.cli import main
from services.chassis.draw_file import NotADraw, published, verify
from services.chassis.fair_draw import Entry, Offer, draw, entries_text, is_written_like, lot_of, seed_of, sha256_of

ROOT = Path(__file__).parents[3]
SECRET = bytes(range(32))
VALUE = "3867.92"
LAKE, HILL = Offer("lake", 3), Offer("hill", 1)
ENTRIES = (
    Entry("e1", 1, 1, ("lake", "hill")),
    Entry("e2", 3, 2, ("lake",)),
    Entry("e3", 2, 1, ("hill", "lake")),
    Entry("e4", 1, 1, ("hill",)),
)


def seeds(how_many: int):
    return (hashlib.sha256(f"seed {number}".encode()).digest() for number in range(how_many))


def chi_square(observed: Counter, expected: dict) -> float:
    return sum((observed[key] - count) ** 2 / count for key, count in expected.items())


def whole_file(offers=(LAKE, HILL), entries=ENTRIES) -> dict:
    digest = sha256_of(entries_text(offers, entries))
    results = draw(offers, entries, seed_of(SECRET, VALUE, digest))
    committed = {
        "seed_sha256": sha256_of(SECRET), "committed_on": "2026-05-20", "public_source": "SSE Composite, close",
        "public_day": "2026-05-22",
    }  # fmt: skip
    drawn = {"secret": SECRET.hex(), "public_value": VALUE}
    return published("d1", "2026", offers, entries, committed, drawn, results)


def by_description(tmp_path: Path, content: dict) -> list[dict]:
    file = tmp_path / "draw.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    program = Path(__file__).with_name("draw_by_description.py")
    done = subprocess.run([sys.executable, "-I", str(program), str(file)], capture_output=True, check=True)
    return json.loads(done.stdout)


def test_the_list_has_one_form_whatever_the_order():
    assert entries_text([LAKE, HILL], ENTRIES) == entries_text([HILL, LAKE], ENTRIES[::-1])
    assert entries_text([Offer("lake", 3, {"art": 1})], ENTRIES[1:2]) == (
        "entry e2 - 3 2 lake\noffer lake 3\nquota lake art 1\n"
    )


def test_the_order_of_names_has_no_effect():
    seed = next(seeds(1))

    assert draw([LAKE, HILL], ENTRIES, seed) == draw([HILL, LAKE], ENTRIES[::-1], seed)


def test_the_smallest_of_its_lots_counts_for_an_entry():
    """The lots of e2 under a seed of zeros, as `openssl dgst -sha256 -mac HMAC` computes them."""
    lots = (
        "dfe8de4d8cc94ebeba223111be73a3bfc6b3696fdeeda2241fd02b0551cb14e1",
        "45e0b5cc4d335e0bad8ba131d4180a745fa48a9e5feb0b7f932678e95a564e03",
        "8a38ae76473bb609495f2225af248b197c44fcb8b8e23a4de13a4bad1bc0716e",
    )

    assert lot_of(bytes(32), ENTRIES[1]) == lots[1]
    assert lot_of(bytes(32), Entry("e2", 1, 1, ("lake",))) == lots[0]


def test_places_go_by_order_and_choices_and_who_needs_two_waits_where_one_is_left():
    offers = [Offer("lake", 2), Offer("hill", 1)]
    for seed in seeds(50):
        results = draw(offers, ENTRIES, seed)
        left = {"lake": 2, "hill": 1}
        for one in results:
            fitting = [choice for choice in one.entry.choices if left[choice] >= one.entry.persons]
            assert one.offer == (fitting[0] if fitting else None)
            if one.offer:
                left[one.offer] -= one.entry.persons
        assert [one.lot for one in results] == sorted(one.lot for one in results)


def test_a_quota_limits_its_group_and_nobody_else():
    entries = [Entry(f"e{n}", 1, 1, ("lake",), "art" if n < 5 else "law") for n in range(10)]
    for seed in seeds(20):
        results = draw([Offer("lake", 4, {"art": 1})], entries, seed)
        placed = Counter(one.entry.group for one in results if one.offer)
        assert placed["art"] <= 1
        assert sum(placed.values()) == 4


def test_every_order_is_as_likely_as_every_other_with_equal_weights():
    entries = [Entry(name, 1, 1, ("lake",)) for name in "abcd"]
    runs = 4800
    observed = Counter("".join(one.entry.id for one in draw([LAKE], entries, seed)) for seed in seeds(runs))
    expected = {"".join(order): runs / 24 for order in permutations("abcd")}

    assert chi_square(observed, expected) < 49.7, "0.1 % of fair draws exceed this, 23 degrees of freedom"


def test_the_chance_of_each_order_follows_the_weights():
    weights = {"a": 1, "b": 2, "c": 5}
    entries = [Entry(name, weight, 1, ("lake",)) for name, weight in weights.items()]
    runs = 8000
    observed = Counter("".join(one.entry.id for one in draw([LAKE], entries, seed)) for seed in seeds(runs))
    expected = {}
    for first, second, third in permutations("abc"):
        rest = weights[second] + weights[third]
        expected[first + second + third] = runs * weights[first] / 8 * weights[second] / rest

    assert chi_square(observed, expected) < 20.5, "0.1 % of fair draws exceed this, 5 degrees of freedom"


@pytest.mark.parametrize(
    "entry",
    [
        Entry("e 9", 1, 1, ("lake",)), Entry("e1", 1, 1, ("lake",)), Entry("e9", 0, 1, ("lake",)),
        Entry("e9", 101, 1, ("lake",)), Entry("e9", 1, 0, ("lake",)), Entry("e9", 1, 1, ()),
        Entry("e9", 1, 1, ("lake", "lake")), Entry("e9", 1, 1, ("sea",)), Entry("e9", 1, 1, ("lake",), "a b"),
    ],
)  # fmt: skip
def test_a_list_that_can_be_read_two_ways_is_refused(entry):
    with pytest.raises(ValueError, match=r"id|out of range|choices"):
        entries_text([LAKE, HILL], [*ENTRIES, entry])


def test_a_published_draw_verifies_also_by_the_description_alone(tmp_path):
    offers = [Offer(f"o{n}", 7, {"art": 2, "law": 3} if n % 2 else {}) for n in range(4)]
    groups = ("art", "law", "sci")
    entries = [
        Entry(f"e{n}", 1 + n % 4, 1 + n % 3, tuple(f"o{(n + k) % 4}" for k in range(1 + n % 4)), groups[n % 3])
        for n in range(60)
    ]
    content = whole_file(offers, entries)

    assert all(finding.holds for finding in verify(json.dumps(content)))
    assert by_description(tmp_path, content) == content["drawn"]["results"]


def _weight(content):
    content["entries"][0]["weight"] += 1


def _late(content):
    content["commitment"]["committed_on"] = content["commitment"]["public_day"]


def _value(content):
    content["drawn"]["public_value"] = "3867.93"


def _secret(content):
    content["drawn"]["secret"] = "11" * 32


def _place(content):
    placed = next(one for one in content["drawn"]["results"] if one["offer"])
    placed["offer"] = None


def _order(content):
    content["drawn"]["results"].reverse()


@pytest.mark.parametrize("change", [_weight, _late, _value, _secret, _place, _order])
def test_whatever_is_changed_afterwards_is_found(change, tmp_path):
    content = whole_file()
    change(content)
    file = tmp_path / "draw.json"
    file.write_text(json.dumps(content), encoding="utf-8")

    told = CliRunner().invoke(main, ["draw", "verify", str(file)])

    assert told.exit_code == 1
    assert "NO " in told.output


@pytest.mark.parametrize(
    ("value", "example", "same"),
    [
        ("3867.92", "4012.50", True), ("10001.20", "9999.99", True), ("3867.9", "4012.50", False),
        ("3867.920", "4012.50", False), ("03867.92", "4012.50", False), ("3,867.92", "4012.50", False),
        ("01 15 22", "11 12 13", True), ("1 15 22", "01 02 03", False), ("1 15 22", "11 12 13", True),
        ("0.52", "12.30", True), (".52", "0.52", False), ("a1B2", "c3D4", True), ("A1B2", "c3D4", False),
        ("3867.92 ", "4012.50", False), ("986.12", "1002.33", True), ("0986.12", "986.12", False),
    ],
)  # fmt: skip
def test_a_value_is_written_like_its_example(value, example, same):
    assert is_written_like(value, example) is same


def test_a_file_with_a_value_written_otherwise_is_found_out():
    content = whole_file()
    content["commitment"]["public_example"] = "4012.5"

    assert not all(finding.holds for finding in verify(json.dumps(content)))


def test_a_draw_made_up_afterwards_differs_from_the_file_kept_before(tmp_path):
    """Who knows the public value can choose another secret and publish its hash: the earlier file tells."""
    kept, told, forged = tmp_path / "kept.json", tmp_path / "told.json", tmp_path / "forged.json"
    content = whole_file()
    told.write_text(json.dumps(content), encoding="utf-8")
    kept.write_text(json.dumps({**content, "drawn": None}), encoding="utf-8")
    other = bytes(32)
    results = draw((LAKE, HILL), ENTRIES, seed_of(other, VALUE, content["entries_sha256"]))
    committed = {**content["commitment"], "seed_sha256": sha256_of(other)}
    made_up = published(
        "d1", "2026", (LAKE, HILL), ENTRIES, committed, {"secret": other.hex(), "public_value": VALUE}, results
    )
    forged.write_text(json.dumps(made_up), encoding="utf-8")

    assert all(finding.holds for finding in verify(forged.read_bytes()))
    ask = ["draw", "verify", "--earlier", str(kept)]
    verified = [CliRunner().invoke(main, [*ask, str(file)]) for file in (told, forged)]
    assert [one.exit_code for one in verified] == [0, 1]
    assert "NO   the commitment has not changed" in verified[1].output


def test_the_command_says_what_it_checked(tmp_path):
    file = tmp_path / "draw.json"
    file.write_text(json.dumps(whole_file()), encoding="utf-8")

    told = CliRunner().invoke(main, ["draw", "verify", str(file)])

    assert told.exit_code == 0, told.output
    assert "NO " not in told.output
    assert len(told.output.splitlines()) == 7


def test_a_draw_that_is_not_decided_yet_is_checked_as_far_as_it_goes():
    content = published("d1", "2026", (LAKE, HILL), ENTRIES)

    assert [finding.holds for finding in verify(json.dumps(content))] == [True]


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", "[" * 100_000, '{"offers": 1}', "\ufeff{", '{"offers": [{"id": 1}], "entries": []}'],
)
def test_another_file_is_no_draw(text):
    with pytest.raises(NotADraw):
        verify(text)


@pytest.mark.parametrize("page", ["draw.md", "draw.zh.md"])
def test_the_worked_example_of_the_description_holds(page, tmp_path):
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    example = re.search(r"```json\n(.*?)```", text, re.DOTALL)
    content = json.loads(example.group(1))

    assert all(finding.holds for finding in verify(example.group(1)))
    assert by_description(tmp_path, content) == content["drawn"]["results"]
    drawn = content["drawn"]
    seed = seed_of(bytes.fromhex(drawn["secret"]), drawn["public_value"], content["entries_sha256"])
    assert seed.hex() in text
    for entry in content["entries"]:
        assert lot_of(seed, Entry(entry["id"], entry["weight"], 1, ("x",))) in text
