"""A file's name is what a person sees: nothing unseen, nothing turned round, no path, short enough."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import ValidationError

from services.chassis.files.names import LONGEST, plain_file_name
from services.contracts.files import FileName


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("名册\u202excod.exe", "名册xcod.exe"),
        ("a\u2066b\u2069.pdf", "ab.pdf"),
        ("\ufeff名\u200b册\u00ad.xlsx", "名册.xlsx"),
        ("a\r\nSet-Cookie: b.pdf", "aSet-Cookie_ b.pdf"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ('a"b<c>.pdf', "a_b_c_.pdf"),
        ("con.txt", "_con.txt"),
        ("\u202e", "file"),
        (" 合同 　 扫描.pdf ", "合同 扫描.pdf"),
        ("é.pdf", "é.pdf"),
        ("长" * 300 + ".pdf", "长" * 196 + ".pdf"),
    ],
)
def test_a_name_is_kept_as_it_is_seen(given_name: str, kept: str):
    assert plain_file_name(given_name) == kept


@given(st.text(max_size=300))
def test_any_name_is_plain_and_stays_what_it_is(text: str):
    name = plain_file_name(text)

    assert 0 < len(name) <= LONGEST
    assert not set(name) & set('/\\:*?"<>|')
    assert not {unicodedata.bidirectional(mark) for mark in name} & {
        "LRE",
        "RLE",
        "LRO",
        "RLO",
        "PDF",
        "LRI",
        "RLI",
        "FSI",
        "PDI",
    }
    assert plain_file_name(name) == name


def test_a_request_gives_up_what_is_unseen_and_is_refused_for_a_path():
    assert FileName().deserialize("名册\u202excod.exe") == "名册xcod.exe"
    for refused in ("../a.png", "\u202e", 'a"b'):
        with pytest.raises(ValidationError):
            FileName().deserialize(refused)
