"""Which part may know which: the import-linter contracts, and what they cannot say."""

from __future__ import annotations

import subprocess
import sys
import tomllib

from tests.architecture.source import ROOT, SERVICES, Module, modules

# The only places where the messaging library's own names may stand.
NAMEKO_FILES = ("entrypoints.py", "service.py")
RULES_MAY_IMPORT = (
    "services.chassis.amounts",
    "services.chassis.names",
    "services.chassis.plain_text",
    "services.chassis.rules.majorities",
    "services.chassis.rules.months",
    "services.chassis.rules.refusal",
    "services.chassis.rules.small_groups",
    "services.contracts.eras",
    "services.activities.registration.audience_rules",
    "services.activities.surveys.answer_rules",
    "services.activities.registration.rules",
    "services.membership.imports.heading_rules",
    "services.membership.date_rules",
    "services.chassis.lunar_calendar",
)


def test_the_import_contracts_hold():
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    assert "0 broken" in done.stdout


def test_only_chassis_entrypoints_and_services_import_nameko():
    assert _found("nameko", lambda module: not _may_import_nameko(module)) == []


def test_only_the_chassis_imports_kombu():
    assert _found("kombu", lambda module: not module.name.startswith("services.chassis.")) == []


def test_only_chassis_and_runner_import_eventlet_and_gateway_service():
    allowed = ("services.chassis.", "gateway.", "deploy.")

    assert _found("eventlet", lambda module: not module.name.startswith(allowed)) == []


def test_rules_import_the_standard_library_only():
    offences = [
        f"{module.place}:{imported.line} imports {imported.target}"
        for module in modules()
        if _is_rules(module)
        for imported in module.imports()
        if imported.target.split(".")[0] not in sys.stdlib_module_names
        if not any(imported.is_under(allowed) for allowed in RULES_MAY_IMPORT)
    ]

    assert offences == []


def test_rules_read_no_clock():
    clocks = ("now", "today", "utcnow", "time", "monotonic")
    offences = [
        f"{module.place}:{node.lineno} calls {node.func.attr}()"
        for module in modules()
        if _is_rules(module)
        for node in _calls(module)
        if node.func.attr in clocks
        and not node.args
        and getattr(node.func.value, "id", "") in ("datetime", "date", "time")
    ]

    assert offences == []


def test_subjects_reach_each_other_through_use_cases_only():
    offences = [
        f"{module.place}:{imported.line} imports {imported.target}"
        for module in modules()
        for imported in module.imports()
        if _reaches_into_another_subject(module, imported.target.split("."))
    ]

    assert offences == []


def test_the_reader_of_imports_sees_what_is_there():
    seen = {imported.target.split(".")[0] for module in modules() for imported in module.imports()}

    assert {"sqlalchemy", "marshmallow", "flask", "nameko", "kombu", "services"} <= seen


def _is_rules(module: Module) -> bool:
    return module.path.name == "rules.py" or module.path.name.endswith("_rules.py")


def _may_import_nameko(module: Module) -> bool:
    if module.name.startswith("services.chassis."):
        return True
    return module.path.name in NAMEKO_FILES and module.parts[0] in ("services", "gateway")


def _found(package: str, is_forbidden) -> list[str]:
    return [
        f"{module.place}:{imported.line} imports {imported.target}"
        for module in modules()
        if is_forbidden(module)
        for imported in module.imports()
        if imported.is_under(package)
    ]


def _calls(module: Module):
    import ast

    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node


def _reaches_into_another_subject(module: Module, target: list[str]) -> bool:
    """A subject is a package inside a service; what is not (base.py, service.py) assembles and may see all."""
    own = module.parts
    if len(own) < 4 or own[:1] != ("services",) or own[1] not in SERVICES or module.is_migration:
        return False
    if len(target) < 4 or tuple(target[:2]) != own[:2] or target[2] == own[2]:
        return False
    is_subject = (ROOT / "services" / target[1] / target[2] / "__init__.py").exists()
    return is_subject and target[3] != "use_cases"


def test_every_subject_of_the_gateway_is_held_independent():
    configured = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    (contract,) = [one for one in configured if one["name"].startswith("Subjects of the gateway")]
    folders = (ROOT / "gateway" / "subjects").glob("*/*/__init__.py")
    assert contract["modules"] == sorted(".".join(path.parent.relative_to(ROOT).parts) for path in folders)
