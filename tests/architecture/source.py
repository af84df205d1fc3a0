"""The product's source as the architecture tests read it: modules, what they import, how long they are. Reads only."""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGES = ("services", "gateway", "deploy")
SERVICES = ("membership", "activities", "welfare", "governance", "scrutiny")


@dataclass(frozen=True)
class Import:
    """One imported name: `from a.b import c` and `import a.b.c` are both `a.b.c`."""

    target: str
    line: int

    def is_under(self, package: str) -> bool:
        """Whether the name is `package` or lies in it."""
        return self.target == package or self.target.startswith(package + ".")


@dataclass(frozen=True)
class Module:
    """One source file."""

    path: Path
    name: str
    text: str
    tree: ast.Module

    @property
    def place(self) -> str:
        """The path as messages show it."""
        return str(self.path.relative_to(ROOT))

    @property
    def parts(self) -> tuple[str, ...]:
        """The dotted name's parts, for asking which service and which subject this is."""
        return tuple(self.name.split("."))

    @property
    def is_migration(self) -> bool:
        """Migrations are never changed after their release, so they are exempt from the rules of style."""
        return "migrations" in self.parts

    def imports(self) -> Iterator[Import]:
        """Every name imported anywhere in the file, relative imports made absolute."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (Import(alias.name, node.lineno) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                origin = self._origin(node)
                yield from (Import(f"{origin}.{alias.name}", node.lineno) for alias in node.names)

    @functools.cached_property
    def calls(self) -> tuple[tuple[str, ast.Call], ...]:
        """Every call, with the name of what is called: `a(…)` and `b.a(…)` are both `a`."""
        nodes = (node for node in ast.walk(self.tree) if isinstance(node, ast.Call))
        return tuple((getattr(node.func, "id", getattr(node.func, "attr", "")), node) for node in nodes)

    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        """Every function and method."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node

    def _origin(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        package = self.parts if self.path.name == "__init__.py" else self.parts[:-1]
        base = package[: len(package) - node.level + 1]
        return ".".join([*base, *([node.module] if node.module else [])])


def modules_in(*folders: str) -> tuple[Module, ...]:
    """Return the modules of the product in these folders, given below the root."""
    places = tuple(f"{folder}/" for folder in folders)
    return tuple(module for module in modules() if module.place.startswith(places))


@functools.cache
def modules() -> tuple[Module, ...]:
    """All modules of the product, read once."""
    return tuple(_read(path) for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py")))


def _read(path: Path) -> Module:
    relative = path.relative_to(ROOT).with_suffix("")
    parts = relative.parts[:-1] if relative.name == "__init__" else relative.parts
    text = path.read_text(encoding="utf-8")
    return Module(path, ".".join(parts), text, ast.parse(text))
