"""Docstrings and comments: plain English without metaphors for code and without generic masculine pronouns."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator

import pytest

from tests.architecture.source import ROOT

FOLDERS = ("services", "gateway", "deploy", "scripts", "tests")
WORDS = re.compile(
    r"\b(whoever|whomever|he|his|him|himself|she|her|hers|herself|house|rooms|thereby|thereof|lest)\b", re.IGNORECASE
)


@pytest.mark.parametrize("folder", FOLDERS)
def test_docstrings_and_comments_are_plain(folder: str):
    found = [
        f"{path.relative_to(ROOT)}:{line}: {word}"
        for path in sorted((ROOT / folder).rglob("*.py"))
        for line, word in _unwanted(path.read_text())
    ]

    assert not found, "say who or what is meant:\n" + "\n".join(found)


def test_code_and_product_texts_may_use_these_words():
    assert list(_unwanted('"""A house."""\nhis = "her"  # whoever\n')) == [(1, "house"), (2, "whoever")]


def _unwanted(source: str) -> Iterator[tuple[int, str]]:
    """Yield line and word of each unwanted word; parses only sources that contain one."""
    if WORDS.search(source):
        for line, text in (*_docstrings(source), *_comments(source)):
            yield from ((line, match[0]) for match in WORDS.finditer(text))


def _docstrings(source: str) -> Iterator[tuple[int, str]]:
    """Yield all strings that are statements: docstrings of modules, classes, functions and attributes."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            yield node.lineno, node.value.value


def _comments(source: str) -> Iterator[tuple[int, str]]:
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    yield from ((token.start[0], token.string) for token in tokens if token.type == tokenize.COMMENT)
