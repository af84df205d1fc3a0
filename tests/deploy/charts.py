"""The Helm charts, rendered for every variant, and the tools that look at what comes out."""

from __future__ import annotations

import functools
import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from scripts.kubernetes_secrets import manifests

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
KUBERNETES = DEPLOY / "kubernetes"
TOOLS = Path(os.environ.get("DEPLOY_TOOLS", ROOT / ".venv-deploy" / "bin"))
VARIANTS = ("small", "campus", "city", "external")
WITH_PLATFORM = ("small", "campus", "city")
OLDEST, NEWEST = "1.30", "1.37"
NAMESPACE = "gonghui"
RUNBOOK_URL = "https://git.example.edu.cn/union/gonghui/deploy/runbook.md"
_GIVEN = (
    "image.repository=registry.example.edu.cn/union/gonghui",
    f"image.digest=sha256:{'0' * 64}",
    "ingress.host=union.example.edu.cn",
    "tracing.endpoint=http://otel-collector.observability:4318",
    "database.backup.destination=s3://gonghui-backup/example",
    "hr.url=https://hr.example.edu.cn/changes",
    "hr.tokenSecret=hr-token",
    "hr.cidr=10.1.3.4/32",
    "scanner.url=tcp://clamav.example.edu.cn:3310",
    "scanner.cidr=10.1.5.6/32",
    "mail.urlSecret=mail-server",
    "mail.from=union@example.edu.cn",
    "mail.cidr=10.1.4.5/32",
    f"monitoring.runbook={RUNBOOK_URL}",
)

Manifest = dict[str, Any]


def tool(name: str, *arguments: str, seconds: float = 120) -> str:
    """Run one of the tools of `.venv-deploy` in the project's root and return what it printed.

    Raises:
        AssertionError: it found something; says what.
    """
    program = TOOLS / name
    assert program.exists(), f"{program} is not there: run `make check`, which installs it"
    done = subprocess.run(
        [str(program), *arguments], cwd=ROOT, capture_output=True, text=True, timeout=seconds, check=False
    )
    assert done.returncode == 0, f"{name} {' '.join(arguments)}:\n{done.stdout[-6000:]}\n{done.stderr[-2000:]}"
    return done.stdout


@functools.cache
def rendered(variant: str, chart: str = "gonghui", *more: str) -> str:
    """What Helm makes of a chart for a variant; `more` are further values, as `name=value`."""
    values = KUBERNETES / "variants" / f"{variant}.yaml"
    given = [f"--set={one}" for one in (*_GIVEN, *more)]
    versions = f"--kube-version={NEWEST}"
    return tool(
        "helm",
        "template",
        chart,
        str(KUBERNETES / chart),
        f"--namespace={NAMESPACE}",
        "-f",
        str(values),
        versions,
        *given,
    )


@functools.cache
def objects(variant: str) -> tuple[Manifest, ...]:
    """Every object of a variant: the application's and, where the variant has one, its platform's."""
    charts = ("gonghui", "platform") if variant in WITH_PLATFORM else ("gonghui",)
    return tuple(one for chart in charts for one in yaml.safe_load_all(rendered(variant, chart)) if one)


def of_kind(variant: str, *kinds: str) -> Iterator[Manifest]:
    """The objects of some kinds."""
    return (one for one in objects(variant) if one["kind"] in kinds)


def named(variant: str, kind: str, name: str) -> Manifest:
    """One object; fails when there is none such."""
    return next(one for one in of_kind(variant, kind) if one["metadata"]["name"] == name)


def workloads(variant: str) -> Iterator[tuple[Manifest, Manifest]]:
    """Every Deployment and Job with the template of its pods."""
    return ((one, one["spec"]["template"]) for one in of_kind(variant, "Deployment", "Job"))


def secret_keys() -> dict[str, set[str]]:
    """The keys of every Secret that `scripts/kubernetes_secrets.py` makes, by its name."""
    made = manifests(NAMESPACE, ["campus-card"])
    return {one["metadata"]["name"]: set(one["stringData"]) for one in json.loads(json.dumps(made))}


def process(variant: str, name: str) -> dict[str, Any]:
    """Replicas, most replicas, pool size and environment of one process as rendered."""
    deployment = named(variant, "Deployment", name)
    container = deployment["spec"]["template"]["spec"]["containers"][0]
    env = {one["name"]: one.get("value") for one in container["env"]}
    scalers = [one["spec"] for one in of_kind(variant, "HorizontalPodAutoscaler", "ScaledObject")
               if one["spec"]["scaleTargetRef"]["name"] == name]  # fmt: skip
    least = deployment["spec"].get("replicas")
    most = least
    for scaler in scalers:
        least = scaler.get("minReplicas", scaler.get("minReplicaCount"))
        most = scaler.get("maxReplicas", scaler.get("maxReplicaCount"))
    return {"replicas": least, "most": most, "pool": int(env["GONGHUI_DATABASE_POOL_SIZE"]), "env": env}
