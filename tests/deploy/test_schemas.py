"""What linters and published schemas say about the files under deploy/, for every variant."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.deploy import crds
from tests.deploy.charts import (
    DEPLOY,
    KUBERNETES,
    NEWEST,
    OLDEST,
    RUNBOOK_URL,
    VARIANTS,
    WITH_PLATFORM,
    objects,
    rendered,
    tool,
)

FROM_OPERATORS = {group for group, _ in crds.SPECS}
RENDERED = [("gonghui", name) for name in VARIANTS] + [("platform", name) for name in WITH_PLATFORM]


def test_dockerfiles_are_clean():
    tool("hadolint", "deploy/image/Dockerfile", "tests/containers/images/Dockerfile")
    tool("checkov", "--skip-download", "--config-file=deploy/.checkov.yaml", "--file=deploy/image/Dockerfile")


def test_yaml_files_are_clean():
    written = [path for path in DEPLOY.rglob("*.yaml") if "templates" not in path.parts and "files" not in path.parts]

    assert len(written) > 8
    tool("yamllint", "--strict", "--config-file=deploy/.yamllint.yaml", *map(str, written))


@pytest.mark.parametrize("chart", ["gonghui", "platform"])
def test_charts_are_clean(chart: str):
    given = (
        f"--set=image.repository=example,ingress.host=example.org,image.digest=sha256:{'0' * 64}"
        f",monitoring.runbook={RUNBOOK_URL},database.backup.destination=s3://example"
    )
    for variant in VARIANTS if chart == "gonghui" else WITH_PLATFORM:
        values = f"--values={KUBERNETES}/variants/{variant}.yaml"
        tool("helm", "lint", "--strict", f"deploy/kubernetes/{chart}", values, given)


def test_a_mistyped_value_is_refused():
    with pytest.raises(AssertionError, match="memebership"):
        tool("helm", "template", "x", "deploy/kubernetes/gonghui", "--set=processes.memebership.replicas=2")


@pytest.mark.parametrize(("chart", "variant"), RENDERED)
def test_objects_fit_kubernetes_from_the_oldest_to_the_newest_version(tmp_path: Path, chart: str, variant: str):
    ours = [one for one in yaml.safe_load_all(rendered(variant, chart)) if one]
    file = tmp_path / "objects.yaml"
    file.write_text(yaml.safe_dump_all([one for one in ours if one["apiVersion"] not in FROM_OPERATORS]))

    for version in (OLDEST, NEWEST):
        tool("kubernetes-validate", "--strict", "-k", version, str(file))


@pytest.mark.parametrize("variant", VARIANTS)
def test_operators_resources_use_known_fields_only(variant: str):
    theirs = [one for one in objects(variant) if one["apiVersion"] in FROM_OPERATORS]
    strange = [
        f"{one['kind']} {one['metadata']['name']}: {field}"
        for one in theirs
        for field in crds.unknown_fields(one["spec"], crds.SPECS[one["apiVersion"], one["kind"]])
    ]

    assert strange == []


@pytest.mark.parametrize(("chart", "variant"), [("gonghui", "campus"), ("gonghui", "small"), ("platform", "campus")])
def test_checkov_finds_nothing(tmp_path: Path, chart: str, variant: str):
    file = tmp_path / f"{chart}.yaml"
    file.write_text(rendered(variant, chart))

    tool("checkov", "--skip-download", "--config-file=deploy/.checkov.yaml", "--framework=kubernetes", f"--file={file}")
