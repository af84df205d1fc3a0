"""Which tests the change since `main` can reach, by imports.

The graph holds what modules import, wherever in a file that stands, and the modules they name in a string: one that is
started as a process (`-m tests.support.forwarder`) or imported by name (`services.welfare.service:Welfare`). A test
also stands on every `conftest.py` above it. A file that is no module of the graph is read by the package it lies in.
Where that says nothing, every test is reached.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

import grimp

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("services", "gateway", "deploy", "tests")
ALWAYS = ("tests/architecture", "tests/unit/portal", "tests/unit/gateway/test_methods.py")
"""Tests that read source files as text."""
PAGES = ("tests/browser", "tests/e2e/test_portal_safety.py")
"""Tests that look at pages from outside."""
DOCUMENTS = ("tests/contract",)
"""Tests that compare the exported documents with the contracts."""
SUBJECTS = ("gateway", "subjects")
"""Where each subject of the gateway has its folder. Their list imports all of them, but reads no template of theirs."""
_IN_STRING = re.compile(r"""["']([a-z_]\w*(?:\.\w+)+)[:"']""")
_EVERYTHING = ("tests/conftest.py", "tests/support/green.py")
"""Every run of pytest loads them."""


def changed_files(root: Path = ROOT, base: str = "main") -> list[str]:
    """Return the files that differ from where this branch left `base`, with those that git does not know yet.

    Raises:
        subprocess.CalledProcessError: there is no such branch.
    """
    left = _git(root, "merge-base", base, "HEAD")[0]
    changed = _git(root, "diff", "--name-only", "--no-renames", left)
    return sorted({*changed, *_git(root, "ls-files", "--others", "--exclude-standard")})


def _git(root: Path, *arguments: str) -> list[str]:
    command = ["git", "-C", str(root), "-c", "core.quotePath=off", *arguments]
    return subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout.decode().splitlines()


class Reach:
    """Which tests stand on which files of a source tree.

    Args:
        root: the folder that holds the packages, which must be importable.
        packages: their names.
    """

    def __init__(self, root: Path = ROOT, packages: tuple[str, ...] = PACKAGES) -> None:
        self._root = root
        self._graph = grimp.build_graph(*packages, cache_dir=None)
        self._modules = frozenset(self._graph.modules)
        for name in sorted(self._modules):
            for named in self._named_in(name):
                self._graph.add_import(importer=name, imported=named)
            for above in _parents(name) if _is_test(name) else ():
                if (conftest := f"{above}.conftest") in self._modules:
                    self._graph.add_import(importer=name, imported=conftest)

    def tests(self, changed: Iterable[str]) -> list[str] | None:
        """Return the files and folders of tests that a change of these files can reach; None for all there are."""
        found: set[str] = set(ALWAYS)
        for path in changed:
            reached = self._reached_by(PurePosixPath(path))
            if reached is None:
                return None
            found |= reached
        return sorted(found)

    def _reached_by(self, path: PurePosixPath) -> set[str] | None:
        if str(path) in _EVERYTHING:
            return None
        if path.suffix == ".md":
            return self._reached_by_prose(path)
        if path.parts[0] not in PACKAGES:
            return set(DOCUMENTS) if path.parts[0] == "docs" else None
        name = ".".join(path.with_suffix("").parts).removesuffix(".__init__")
        if _is_test(name):
            return self._standing_on({name} & self._modules)
        if path.suffix == ".py" and name in self._modules:
            own = self._with_parts(name) if path.name == "__init__.py" else {name}
            if any(map(self._graph.find_modules_that_directly_import, own)):
                return self._standing_on(own)
        return self._reached_by_part(path)

    def _reached_by_prose(self, path: PurePosixPath) -> set[str]:
        """A service's README is compared with its rules; everything else in prose is checked by `ALWAYS`."""
        rules = f"tests/unit/{path.parts[1]}" if path.parts[0] == "services" else ""
        return {rules} if rules and (self._root / rules).exists() else set()

    def _reached_by_part(self, path: PurePosixPath) -> set[str] | None:
        """What stands on the subject, service or folder that a file belongs to: nobody imports the file itself."""
        depth = 4 if path.parts[:2] == SUBJECTS else 2 if path.parts[0] in ("services", "tests") else 1
        part = ".".join(path.parts[:-1][:depth])
        if len(path.parts) <= depth or part not in self._modules:
            return None
        if depth < 4:
            return self._standing_on(self._with_parts(part))
        return self._standing_on(self._with_parts(part), but=".".join(SUBJECTS)) | set(PAGES)

    def _standing_on(self, names: set[str], but: str | None = None) -> set[str]:
        """Return the files of the tests that reach one of the modules, not by way of `but`."""
        reached, left = set(names), list(names)
        while left:
            further = self._graph.find_modules_that_directly_import(left.pop()) - reached - {but}
            reached |= further
            left += further
        return {path for name in reached if _is_test(name) and (path := self._file_of(name))}

    def _with_parts(self, package: str) -> set[str]:
        return {package} | self._graph.find_descendants(package)

    def _file_of(self, name: str) -> str | None:
        """The path of a module, None when it is gone."""
        found = self._root / f"{name.replace('.', '/')}.py"
        package = self._root / name.replace(".", "/") / "__init__.py"
        return next((str(path.relative_to(self._root)) for path in (found, package) if path.exists()), None)

    def _named_in(self, name: str) -> set[str]:
        """The modules that a module names in its strings."""
        file = self._file_of(name)
        text = (self._root / file).read_text(encoding="utf-8") if file else ""
        return set(_IN_STRING.findall(text)) & self._modules


def _parents(name: str) -> list[str]:
    parts = name.split(".")
    return [".".join(parts[:length]) for length in range(1, len(parts))]


def _is_test(name: str) -> bool:
    return name.startswith("tests.") and name.rpartition(".")[2].startswith("test_")
