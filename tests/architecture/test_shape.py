"""Sizes and names of modules: short files, short functions, a README per service, no module for miscellaneous code."""

from __future__ import annotations

import ast

import pytest

from tests.architecture.source import ROOT, SERVICES, Module, modules

LONGEST_FILE = 300
LONGEST_FUNCTION = 50
DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc", "models"}
MODULES_OF_A_SUBJECT = ("entrypoints", "rules", "tables", "workflow")
CLIENTS = ("services.membership.hr_sync.client",)
"""Modules that call systems outside of the union."""
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


def test_a_subject_has_nothing_but_entrypoints_rules_tables_a_workflow_and_use_cases():
    subjects = [module for module in modules() if _is_in_a_subject(module)]

    assert len({module.parts[1:3] for module in subjects}) >= 25
    assert [module.place for module in subjects if not _has_its_place(module)] == []


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_tells_what_it_owns_publishes_and_consumes(service: str):
    text = (ROOT / "services" / service / "README.md").read_text(encoding="utf-8").lower()

    assert [word for word in README_SAYS if word not in text] == []


def _is_in_a_subject(module: Module) -> bool:
    """Whether the module lies in a folder services/<service>/<subject>/."""
    services, service, *_ = (*module.parts, "")
    return services == "services" and service in SERVICES and len(module.parts) > 3 and not module.is_migration


def _has_its_place(module: Module) -> bool:
    name, *below = module.parts[3:]
    if name == "use_cases":
        return len(below) <= 1
    return not below and (
        name in MODULES_OF_A_SUBJECT or name.endswith(("_rules", "_tables")) or module.name in CLIENTS
    )
