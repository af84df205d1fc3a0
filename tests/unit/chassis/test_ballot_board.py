"""The board of a secret ballot: what was published verifies, and whatever is changed afterwards is found."""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import CliRunner

from deploy.cli import main
from services.chassis import ballot_board as board
from services.chassis.board_file import NotABoard, same_board, verify
from tests.support import secret_voting

CHOICES = ("yes", "no", "yes", "abstain")


@pytest.fixture(scope="module")
def made() -> secret_voting.Made:
    return secret_voting.made()


@pytest.fixture(scope="module")
def entries(made: secret_voting.Made) -> list[dict[str, Any]]:
    return [made.vote(choices) for choices in CHOICES]


@pytest.fixture
def content(made: secret_voting.Made, entries: list[dict[str, Any]]) -> dict[str, Any]:
    return copy.deepcopy(made.file(entries))


def faults(content: Any) -> list[str]:
    return [finding.words for finding in verify(json.dumps(content)) if not finding.holds]


def swapped(text: str) -> str:
    """The base64 text with another first byte."""
    raw = bytearray(board.decoded(text))
    raw[0] ^= 1
    return board.encoded(bytes(raw))


def test_a_published_board_verifies_and_tells_the_result(content, tmp_path):
    file = tmp_path / "board.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    told = CliRunner().invoke(main, ["ballot", "verify", str(file), "--earlier", str(file)])
    assert told.exit_code == 0, told.output
    assert "abstain: 1, no: 1, yes: 2" in told.output
    assert content["head"]["chain"] in told.output


def test_a_board_without_result_is_checked_as_far_as_it_goes(made, entries):
    assert faults(made.file(entries, opened=False)) == []


def _altered_vote(content: Any) -> None:
    content["entries"][1]["sealed"] = swapped(content["entries"][1]["sealed"])


def _altered_vote_with_its_tracker(content: Any) -> None:
    _altered_vote(content)
    entry = content["entries"][1]
    entry["tracker"] = hashlib.sha256(board.decoded(entry["token"]) + board.decoded(entry["sealed"])).hexdigest()[:20]


def _dropped(content: Any) -> None:
    del content["entries"][2]


def _dropped_last(content: Any) -> None:
    del content["entries"][-1]


def _inserted(content: Any) -> None:
    content["entries"].insert(1, secret_voting.made().vote("yes"))


def _repeated(content: Any) -> None:
    content["entries"].append(content["entries"][0])


def _reordered(content: Any) -> None:
    content["entries"][0], content["entries"][3] = content["entries"][3], content["entries"][0]


def _marks(content: Any) -> None:
    content["head"]["marks"] = [100]


def _marks_of_the_other(content: Any) -> None:
    content["statements"][0]["marks"] = 30


def _roll_of_the_other(content: Any) -> None:
    content["statements"][0]["roll"] = "cd" * 32


def _statement(content: Any) -> None:
    del content["statements"]


def _key(content: Any) -> None:
    content["definition"]["vote_key"] = content["definition"]["shares"][0]


def _result(content: Any) -> None:
    content["opened"]["tally"] = {"abstain": 1, "no": 0, "yes": 3}


def _votes(content: Any) -> None:
    content["opened"]["votes"][1] = "yes"


def _secret(content: Any) -> None:
    content["opened"]["secret"] = "11" * 32


@pytest.mark.parametrize(
    "change",
    [
        _altered_vote, _altered_vote_with_its_tracker, _dropped, _dropped_last, _inserted, _repeated, _reordered,
        _marks, _marks_of_the_other, _roll_of_the_other, _statement, _key, _result, _votes, _secret,
    ],
)  # fmt: skip
def test_whatever_is_changed_afterwards_is_found(change: Callable[[Any], None], content, tmp_path):
    change(content)
    file = tmp_path / "board.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    told = CliRunner().invoke(main, ["ballot", "verify", str(file)])
    assert told.exit_code == 1
    assert "NO " in told.output


def test_the_union_alone_can_not_add_votes_even_if_it_signs_the_board_anew(made, entries):
    token = secret_voting.Token()
    key = made.definition.registrars[0][1]
    token.take(key, made.signers[0].sign(token.request(key)))
    forged = made.file([*entries, token.vote(made.definition, "yes").content()])
    assert any("right form" in words for words in faults(forged)), "one signature is missing"
    token.signatures.append(token.signatures[0])
    forged = made.file([*entries, token.vote(made.definition, "yes").content()])
    assert any("signed by union and scrutiny" in words for words in faults(forged))


def test_the_union_can_not_change_a_vote_even_if_it_signs_the_board_anew(made, entries):
    entry = board.Entry.of(entries[0])
    other = board.sealed_vote(made.definition, entry.token, "no")
    changed = board.Entry(entry.token, entry.signatures, other, entry.signature).content()
    assert any("signed with its token" in words for words in faults(made.file([changed, *entries[1:]])))


def test_a_vote_copied_to_another_token_can_not_be_opened(made, entries):
    first = board.Entry.of(entries[0])
    token = made.token()
    copied = token.vote(made.definition, "no")
    copied = board.Entry(token.prepared, copied.signatures, first.sealed, copied.signature)
    assert board.opened_vote(made.definition, made.secret, copied) is None


def test_two_votes_of_one_token_are_found(made, entries):
    token = made.token()
    twice = [token.vote(made.definition, choices).content() for choices in ("yes", "no")]
    assert any("used twice" in words for words in faults(made.file([*entries, *twice])))


def test_more_votes_than_tokens_of_either_registrar_are_found(made, entries):
    assert any("not more votes (4)" in words for words in faults(made.file(entries, marks=3)))
    content = made.file(entries)
    content["statements"] = [made.second.statement(content["head"], marks=3)]
    assert faults(content) == ["there are not more votes (4) than tokens of scrutiny (3)"]
    content["statements"] = [made.second.statement(content["head"], marks=41)]
    assert faults(content) == ["there are not more votes (4) than tokens of scrutiny (41)"], "more than voters"


@pytest.mark.parametrize("changed", [{"roll": "cd" * 32}, {"voters": 41}])
def test_registrars_with_different_rolls_are_found(made, entries, changed):
    content = made.file(entries)
    content["statements"] = [made.second.statement(content["head"], marks=4, **changed)]
    assert [words for words in faults(content) if "the same roll" in words]


def test_a_statement_of_another_is_found(made, entries):
    content = made.file(entries)
    content["statements"] = [secret_voting.SecondRegistrar().statement(content["head"], marks=4)]
    assert faults(content) == ["scrutiny signed its statement"]


@pytest.mark.parametrize("registrars", [("union",), ("union", "scrutiny")])
def test_a_board_of_the_first_format_still_verifies(registrars):
    old = secret_voting.made(registrars, signing=False)
    content = old.file([old.vote(choices) for choices in CHOICES])
    assert content["definition"]["format"] == "gonghui-ballot/1"
    assert "statements" not in content
    assert faults(content) == []
    content["head"]["marks"] = content["head"]["marks"][:-1]
    assert faults(content)


def test_a_board_rewritten_and_signed_anew_differs_from_a_copy(made, entries):
    kept, later = made.file(entries[:2], opened=False), made.file(entries)
    assert all(finding.holds for finding in same_board(json.dumps(later), json.dumps(kept)))
    rewritten = made.file([entries[1], entries[0], *entries[2:]])
    assert faults(rewritten) == []
    assert not all(finding.holds for finding in same_board(json.dumps(rewritten), json.dumps(kept)))


def test_all_votes_are_equally_long(made):
    lengths = {len(made.token().vote(made.definition, choices).sealed) for choices in ("", "yes", "1,2,3,4,5,6,7")}
    assert len(lengths) == 1
    with pytest.raises(board.NotValid):
        board.sealed_vote(made.definition, made.token().prepared, "1" * (secret_voting.LENGTH + 1))


@pytest.mark.parametrize("text", ["", "[]", "{}", "no", '{"definition": [], "entries": [], "head": {}}'])
def test_what_is_no_board_is_no_board(text):
    with pytest.raises(NotABoard):
        verify(text)
