"""Sizes and names of modules: short files, short functions, a README per service, no module for miscellaneous code."""

from __future__ import annotations

import ast

import pytest

from tests.architecture.source import ROOT, SERVICES, modules

LONGEST_FILE = 300
LONGEST_FUNCTION = 50
DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc", "models"}
README_SAYS = ("owns", "publishes", "consumes", "rules")


def test_no_file_is_longer_than_a_sitting():
    too_long = [
        f"{module.place}: {len(module.text.splitlines())} lines"
        for module in modules()
        if not module.is_migration and len(module.text.splitlines()) > LONGEST_FILE
    ]

    assert too_long == []


def test_no_function_is_longer_than_a_screen():
    too_long = [
        f"{module.place}:{function.lineno} {function.name} is {function.end_lineno - function.lineno + 1} lines long"
        for module in modules()
        if not module.is_migration
        for function in module.functions()
        if function.end_lineno - function.lineno + 1 > LONGEST_FUNCTION
    ]

    assert too_long == []


def test_no_module_is_a_drawer_for_the_rest():
    assert [module.place for module in modules() if DRAWERS & set(module.parts)] == []


def test_every_module_says_what_belongs_in_it():
    silent = [module.place for module in modules() if module.tree.body and not ast.get_docstring(module.tree)]

    assert silent == []


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_tells_what_it_owns_publishes_and_consumes(service: str):
    text = (ROOT / "services" / service / "README.md").read_text(encoding="utf-8").lower()

    assert [word for word in README_SAYS if word not in text] == []
