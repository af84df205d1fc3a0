"""Writes the image's bill of materials: all its Python and Debian packages, as CycloneDX 1.6. Standard library only.

Run inside the image: `python3 sbom.py > sbom.cdx.json`. The same packages give the same document, byte for byte.
"""

from __future__ import annotations

import json
import sys
import uuid
from collections.abc import Iterator
from importlib.metadata import Distribution, distributions, version
from pathlib import Path
from typing import Any

DPKG_STATUS = Path("/var/lib/dpkg/status")
_NAMESPACE = uuid.UUID("6f9d3f0e-5a0b-4f4e-9a55-0c6c2d1f6b7a")


def document() -> dict[str, Any]:
    """Return the bill of materials of this Python environment and system."""
    components = sorted([*python_components(), *debian_components()], key=lambda part: str(part["purl"]))
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(_NAMESPACE, json.dumps(components))}",
        "version": 1,
        "metadata": {"component": _component("application", "gonghui", version("gonghui"), "pkg:pypi/gonghui")},
        "components": components,
    }


def python_components() -> Iterator[dict[str, Any]]:
    """Yield every installed distribution except Gonghui, with its declared licence."""
    for found in distributions():
        name = str(found.metadata["Name"]).lower().replace("_", "-")
        if name == "gonghui":
            continue
        component = _component("library", name, found.version, f"pkg:pypi/{name}")
        if licence := _licence(found):
            component["licenses"] = [{"license": {"name": licence}}]
        yield component


def debian_components(status: Path = DPKG_STATUS) -> Iterator[dict[str, Any]]:
    """Yield every Debian package of the system; none on systems without dpkg."""
    if not status.exists():
        return
    for paragraph in status.read_text(encoding="utf-8", errors="replace").split("\n\n"):
        facts = dict(line.split(": ", 1) for line in paragraph.splitlines() if ": " in line and line[0] != " ")
        if facts.get("Status", "").endswith(" installed"):
            yield _component("library", facts["Package"], facts["Version"], f"pkg:deb/debian/{facts['Package']}")


def _component(kind: str, name: str, number: str, purl: str) -> dict[str, Any]:
    return {"type": kind, "name": name, "version": number, "purl": f"{purl}@{number}", "bom-ref": f"{purl}@{number}"}


def _licence(found: Distribution) -> str | None:
    facts = found.metadata
    for field in ("License-Expression", "License"):
        stated = str(facts[field]).strip() if field in facts else ""
        if stated and "\n" not in stated:
            return stated
    trove = [line.rpartition(" :: ")[2] for line in facts.get_all("Classifier") or [] if "License ::" in line]
    return " AND ".join(trove) or None


if __name__ == "__main__":
    json.dump(document(), sys.stdout, indent=1, sort_keys=True)
