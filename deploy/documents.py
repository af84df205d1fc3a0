"""The exported documents: JSON Schemas and examples of events, AsyncAPI 3, OpenAPI 3.1, who may what, the handbook.

They are committed; a test compares them with the code.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from deploy import handbook_document, permissions_document
from gateway.api_document import openapi_document
from gateway.http.asyncapi import document as asyncapi
from gateway.http.asyncapi import example
from gateway.http.event_schemas import data_schema
from services.contracts.catalogue import known_events


def openapi() -> dict[str, Any]:
    """Return the OpenAPI 3.1 document the gateway serves."""
    return openapi_document()


def documents() -> Iterator[tuple[str, str]]:
    """Yield every document as text with its path below docs/."""
    for name, document in _in_json():
        yield name, json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    yield from permissions_document.documents()
    yield from handbook_document.documents()


def _in_json() -> Iterator[tuple[str, dict[str, Any]]]:
    for event in known_events():
        name = f"{event.source}/{event.type}.v{event.version}.json"
        yield f"schemas/{name}", data_schema(event)
        yield f"examples/{name}", example(event)
    yield "asyncapi.json", asyncapi()
    yield "openapi.json", openapi()


def write_documents(folder: Path, *, check: bool = False) -> list[str]:
    """Write the documents that differ and return their paths; with `check` only compare.

    Schemas and examples that the code no longer has are removed.
    """
    stale = []
    expected = dict(documents())
    for name, text in expected.items():
        path = folder / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
            if not check:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
    for kind in ("schemas", "examples"):
        for path in sorted((folder / kind).rglob("*.json")):
            name = path.relative_to(folder).as_posix()
            if name not in expected:
                stale.append(name)
                if not check:
                    path.unlink()
    return stale
