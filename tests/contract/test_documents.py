"""The committed documents are what the code promises, are valid by their standards, and need no secret to write."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import jsonschema
import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from deploy.documents import documents, openapi, write_documents
from gateway.subjects import SUBJECTS
from tests.contract.promises import DOCS, ROOT, committed, event_name, events


def test_committed_documents_are_what_the_code_promises():
    assert write_documents(DOCS, check=True) == [], "run `make docs` and commit docs/"


def test_documents_are_checked_without_any_setting():
    bare = {name: value for name, value in os.environ.items() if not name.startswith("GONGHUI_")}
    done = subprocess.run(
        [sys.executable, "-m", "deploy.cli", "docs", "--check"], cwd=ROOT, env=bare, capture_output=True, text=True
    )

    assert (done.returncode, done.stdout) == (0, ""), done.stderr


def test_a_stale_document_is_named_and_rewritten_and_a_retired_one_removed(tmp_path):
    write_documents(tmp_path)
    (tmp_path / "asyncapi.json").write_text("{}", encoding="utf-8")
    (tmp_path / "schemas" / "gone.v1.json").write_text("{}", encoding="utf-8")

    assert write_documents(tmp_path, check=True) == ["asyncapi.json", "schemas/gone.v1.json"]
    assert write_documents(tmp_path) == ["asyncapi.json", "schemas/gone.v1.json"]
    assert write_documents(tmp_path, check=True) == []


def test_documents_come_out_the_same_every_time():
    assert dict(documents()) == dict(documents())


def test_the_openapi_document_is_valid():
    assert [error.message for error in OpenAPIV31SpecValidator(openapi()).iter_errors()] == []


def test_every_reference_in_the_openapi_document_resolves():
    document = committed("openapi.json")

    assert [reference for reference in _references(document) if not _resolves(document, reference)] == []


@pytest.mark.parametrize("event", events(), ids=event_name)
def test_every_event_schema_is_a_json_schema(event):
    schema = committed(f"schemas/{event_name(event)}.json")

    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$id"] == event.dataschema()
    assert schema["type"] == "object"


def _references(node):
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        for value in node.values():
            yield from _references(value)
    elif isinstance(node, list):
        for value in node:
            yield from _references(value)


def _resolves(document, reference):
    node = document
    for part in reference.removeprefix("#/").split("/"):
        if not isinstance(node, dict) or part not in node:
            return False
        node = node[part]
    return reference.startswith("#/")


def test_the_handbook_has_a_chapter_of_each_subject_that_has_help_in_both_languages():
    chinese, english = ((DOCS / name).read_text(encoding="utf-8") for name in ("handbook.zh.md", "handbook.md"))

    for help_ in SUBJECTS.help.values():
        chapter = [f"## {help_.title}", str(help_.purpose), *(str(step) for step in help_.steps)]
        assert all(text in chinese for text in chapter), str(help_.title)
    assert english.count("\n## ") == chinese.count("\n## ") == len(SUBJECTS.help)
    told = re.sub(r"^Source: .*$", "", english, flags=re.MULTILINE)  # documents keep their Chinese numbers
    assert re.findall(r"[\u4e00-\u9fff]+", told) == []
