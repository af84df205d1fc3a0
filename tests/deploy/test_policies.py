"""What schemas cannot see: that things refer to each other rightly, and that numbers go together."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import urlsplit

import pytest

from deploy import broker_policy, broker_users
from services.chassis.database.engine import LONGEST_STATEMENT
from services.chassis.process.ops import CHECK_SECONDS
from services.chassis.process.settings import SERVICES
from tests.deploy.charts import (
    DEPLOY,
    VARIANTS,
    WITH_PLATFORM,
    named,
    objects,
    of_kind,
    process,
    rendered,
    secret_keys,
    workloads,
)

QUANTITY = re.compile(r"\d+(\.\d+)?(m|k|M|G|T|Ki|Mi|Gi|Ti)?")
UNITS = {"": 1, "m": 1e-3, "Ki": 2**10, "Mi": 2**20, "Gi": 2**30, "Ti": 2**40}
GIVEN_BY_PEOPLE = {"gonghui-tls", "backup", "hr-token", "mail-server"}
OTHERS_CONNECTIONS = 20
"""Connections kept for migrations, tools, the operator's own look and superusers."""
BESIDE_WORKERS = 4
"""Connections a process uses beside its workers': retries, long work, housekeeping, readiness."""

every_variant = pytest.mark.parametrize("variant", VARIANTS)
with_platform = pytest.mark.parametrize("variant", WITH_PLATFORM)


@every_variant
def test_every_service_has_a_deployment_and_there_is_a_job_before_the_roll_out(variant: str):
    deployments = {one["metadata"]["name"] for one in of_kind(variant, "Deployment")}
    job = named(variant, "Job", "migrate")

    assert deployments == {*SERVICES, "tools"}
    assert job["metadata"]["annotations"]["helm.sh/hook"] == "pre-install,pre-upgrade"
    assert "migrate" in job["spec"]["template"]["spec"]["containers"][0]["args"]
    assert not any("migrate" in str(pod["spec"].get("initContainers")) for _, pod in workloads(variant))


@every_variant
def test_selectors_match_the_pods_they_mean(variant: str):
    pods = [pod["metadata"]["labels"] for _, pod in workloads(variant)]
    selectors: list[tuple[str, dict[str, str]]] = []
    for one in of_kind(variant, "Service"):
        selectors.append((f"Service {one['metadata']['name']}", one["spec"]["selector"]))
    for one in of_kind(variant, "Deployment"):
        wanted = one["spec"]["selector"]["matchLabels"]
        assert wanted.items() <= one["spec"]["template"]["metadata"]["labels"].items()
    for one in of_kind(variant, "PodDisruptionBudget"):
        if one["metadata"]["name"] in SERVICES:
            selectors.append((f"PDB {one['metadata']['name']}", one["spec"]["selector"]["matchLabels"]))

    assert [place for place, wanted in selectors if not any(wanted.items() <= labels.items() for labels in pods)] == []


@every_variant
def test_ports_have_names_that_exist(variant: str):
    for name in SERVICES:
        container = _container(named(variant, "Deployment", name))
        ports = {port["name"] for port in container["ports"]}
        targets = {port["targetPort"] for port in named(variant, "Service", name)["spec"]["ports"]}
        probes = {container[probe]["httpGet"]["port"] for probe in _PROBES}
        assert targets <= ports
        assert probes == {"ops"}
    backend = named(variant, "Ingress", "gateway")["spec"]["rules"][0]["http"]["paths"][0]["backend"]["service"]
    service = named(variant, "Service", backend["name"])
    assert backend["port"]["name"] in {port["name"] for port in service["spec"]["ports"]}


_PROBES = ("startupProbe", "readinessProbe", "livenessProbe")


@every_variant
def test_probes_ask_what_they_should_and_long_enough(variant: str):
    for name in SERVICES:
        container = _container(named(variant, "Deployment", name))
        paths = [container[probe]["httpGet"]["path"] for probe in _PROBES]
        assert paths == ["/healthz", "/readyz", "/healthz"]
        # Readiness asks three things one after the other.
        assert container["readinessProbe"]["timeoutSeconds"] > 3 * CHECK_SECONDS


@every_variant
def test_a_pod_has_time_to_finish_what_it_has_begun(variant: str):
    for name in SERVICES:
        pod = named(variant, "Deployment", name)["spec"]["template"]["spec"]
        pause = int(pod["containers"][0]["lifecycle"]["preStop"]["exec"]["command"][1])
        drain = int(process(variant, name)["env"]["GONGHUI_DRAIN_SECONDS"])
        assert drain > LONGEST_STATEMENT
        assert pod["terminationGracePeriodSeconds"] > pause + drain


@every_variant
def test_quantities_parse_and_requests_stay_within_limits(variant: str):
    for owner, pod in workloads(variant):
        resources = pod["spec"]["containers"][0]["resources"]
        for what in ("cpu", "memory"):
            asked, most = str(resources["requests"][what]), str(resources["limits"][what])
            assert QUANTITY.fullmatch(asked), owner["metadata"]["name"]
            assert _amount(asked) <= _amount(most)


@every_variant
def test_everything_referred_to_exists(variant: str):
    made = secret_keys()
    accounts = {one["metadata"]["name"] for one in of_kind(variant, "ServiceAccount")}
    asked = [(name, key) for one in objects(variant) for name, key in _secrets_in(one) if name not in GIVEN_BY_PEOPLE]

    assert [f"{name}.{key}" for name, key in asked if key not in made.get(name, ())] == []
    assert {pod["spec"]["serviceAccountName"] for _, pod in workloads(variant)} <= accounts
    assert not [one for one in objects(variant) if one["kind"] == "Secret"], "secrets are named, never written"
    for _, pod in workloads(variant):
        volumes = {volume["name"] for volume in pod["spec"]["volumes"]}
        assert {mount["name"] for mount in pod["spec"]["containers"][0]["volumeMounts"]} <= volumes


@every_variant
def test_variables_that_variables_are_made_of_come_before_them(variant: str):
    for _, pod in workloads(variant):
        seen: set[str] = set()
        for variable in pod["spec"]["containers"][0]["env"]:
            assert set(re.findall(r"\$\((\w+)\)", str(variable.get("value", "")))) <= seen
            assert variable["name"] not in seen
            seen.add(variable["name"])


@every_variant
def test_nothing_runs_as_root_writes_or_holds_a_token(variant: str):
    for _, pod in workloads(variant):
        spec, container = pod["spec"], pod["spec"]["containers"][0]
        assert spec["automountServiceAccountToken"] is False
        assert spec["securityContext"]["runAsUser"] > 10_000
        assert spec["securityContext"]["seccompProfile"]["type"] == "RuntimeDefault"
        assert container["securityContext"]["readOnlyRootFilesystem"]
        assert container["securityContext"]["capabilities"] == {"drop": ["ALL"]}
        assert re.search(r"@sha256:[0-9a-f]{64}$", container["image"]), "an image is named by its digest"
    assert ":latest" not in rendered(variant)


@every_variant
def test_a_budget_leaves_room_for_one_to_go(variant: str):
    budgets = {
        one["metadata"]["name"]: one["spec"]["minAvailable"]
        for one in of_kind(variant, "PodDisruptionBudget")
        if one["metadata"]["name"] in SERVICES
    }

    for name in SERVICES:
        replicas = process(variant, name)["replicas"]
        assert (name in budgets) == (replicas > 1)
        assert budgets.get(name, 0) < replicas


@every_variant
def test_a_roll_out_never_has_fewer_than_before_and_replicas_spread(variant: str):
    for name in SERVICES:
        spec = named(variant, "Deployment", name)["spec"]
        assert spec["strategy"]["rollingUpdate"]["maxUnavailable"] == 0
        spread = spec["template"]["spec"].get("topologySpreadConstraints", [])
        if process(variant, name)["most"] > 1:
            assert {one["topologyKey"] for one in spread} == {"topology.kubernetes.io/zone", "kubernetes.io/hostname"}
            assert all(one["labelSelector"]["matchLabels"] == spec["selector"]["matchLabels"] for one in spread)


@every_variant
def test_one_scaler_at_most_has_a_say_over_a_deployment(variant: str):
    targets = [
        one["spec"]["scaleTargetRef"]["name"] for one in of_kind(variant, "HorizontalPodAutoscaler", "ScaledObject")
    ]

    assert len(targets) == len(set(targets))
    assert set(targets) <= set(SERVICES)
    for name in targets:
        assert "replicas" not in named(variant, "Deployment", name)["spec"], "a scaler and the chart would fight"


@with_platform
def test_all_connections_together_fit_into_the_database(variant: str):
    most = int(named(variant, "Cluster", "gonghui-database")["spec"]["postgresql"]["parameters"]["max_connections"])
    # During a roll-out one replica more of each; the relay has a connection beside the pool.
    wanted = sum((process(variant, name)["most"] + 1) * (process(variant, name)["pool"] + 1) for name in SERVICES)

    assert wanted + OTHERS_CONNECTIONS <= most


@every_variant
def test_a_pool_has_connections_for_all_workers_and_what_runs_beside_them(variant: str):
    for name in SERVICES:
        found = process(variant, name)
        assert found["pool"] >= int(found["env"]["GONGHUI_WORKERS"]) + BESIDE_WORKERS


@every_variant
def test_nothing_may_talk_unless_a_policy_says_so(variant: str):
    deny = named(variant, "NetworkPolicy", "default-deny")["spec"]
    assert deny == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}
    labels = {one["metadata"]["name"]: one["spec"]["template"]["metadata"]["labels"] for one, _ in workloads(variant)}
    egress = named(variant, "NetworkPolicy", "gonghui-to-broker-and-database")["spec"]
    for name in (*SERVICES, "tools", "migrate"):
        assert egress["podSelector"]["matchLabels"].items() <= labels[name].items()
    ports = {port["port"] for rule in egress["egress"] for port in rule["ports"]}
    broker = urlsplit(process(variant, "gateway")["env"]["GONGHUI_AMQP_URL"].replace("$(BROKER_PASSWORD)", "secret"))
    assert {53, broker.port, 5432, 4318} <= ports
    assert 443 not in ports


@every_variant
def test_the_gateway_knows_that_it_stands_behind_tls(variant: str):
    env = process(variant, "gateway")["env"]

    assert env["GONGHUI_SECURE_COOKIES"] == "true"
    assert int(env["GONGHUI_TRUSTED_PROXIES"]) >= 1
    ingress = named(variant, "Ingress", "gateway")["spec"]
    assert ingress["tls"]
    for name in SERVICES:
        assert process(variant, name)["env"]["GONGHUI_PUBLIC_URL"] == f"https://{ingress['rules'][0]['host']}"


@with_platform
def test_every_broker_user_has_its_rights_and_every_service_its_database(variant: str):
    users = {one["metadata"]["name"] for one in of_kind(variant, "User")}
    rights = {
        one["spec"]["userReference"]["name"]: one["spec"]["permissions"] for one in of_kind(variant, "Permission")
    }
    assert users == set(rights) == {*SERVICES, "tools", "keda", "campus-card"}
    assert {name: broker_users.rights_of(name) for name in users} == rights
    for outsider in ("campus-card",):
        assert not re.fullmatch(rights[outsider]["write"], "membership.events")
        assert not re.fullmatch(rights[outsider]["configure"], "membership.events")
        assert re.fullmatch(rights[outsider]["read"], "membership.events")
    for name in SERVICES:
        others = [other for other in SERVICES if other != name]
        assert not [other for other in others if re.fullmatch(rights[name]["write"], f"{other}.events")]
        assert not [other for other in others if re.fullmatch(rights[name]["read"], f"rpc-{other}")]
    cluster = named(variant, "Cluster", "gonghui-database")["spec"]
    owners = {cluster["bootstrap"]["initdb"]["database"]: cluster["bootstrap"]["initdb"]["owner"]}
    owners |= {one["spec"]["name"]: one["spec"]["owner"] for one in of_kind(variant, "Database")}
    assert owners == {f"gonghui_{name}": name for name in SERVICES}


@with_platform
def test_broker_and_database_let_in_ours_their_own_kind_and_their_operators_only(variant: str):
    ours = {"app.kubernetes.io/part-of": "gonghui"}
    for name, port in (("gonghui-broker", 5672), ("gonghui-database", 5432)):
        spec = named(variant, "NetworkPolicy", name)["spec"]
        assert spec["policyTypes"] == ["Ingress", "Egress"]
        allowed = [rule for rule in spec["ingress"] if port in {one["port"] for one in rule["ports"]}]
        assert any(
            source.get("podSelector", {}).get("matchLabels") == ours for rule in allowed for source in rule["from"]
        )
        assert all(rule.get("from") for rule in spec["ingress"]), "nobody comes from everywhere"


@with_platform
def test_no_event_queue_has_a_limit_that_drops_events(variant: str):
    spec = named(variant, "Policy", broker_policy.NAME)["spec"]
    told = {"apply-to": spec["applyTo"], **{key: spec[key] for key in ("pattern", "priority", "definition")}}
    assert told == broker_policy.POLICY
    assert spec["vhost"] == named(variant, "Vhost", "gonghui")["spec"]["name"]
    command = (DEPLOY / "README.md").read_text()
    definition = json.dumps(broker_policy.POLICY["definition"], separators=(",", ":"))
    assert f"--priority 10 --apply-to queues {broker_policy.NAME} '{spec['pattern']}' '{definition}'" in command
    for one in of_kind(variant, "Permission"):
        name = one["spec"]["userReference"]["name"]
        if name in (*SERVICES, "tools"):
            for right in ("configure", "write", "read"):
                assert re.fullmatch(one["spec"]["permissions"][right], f"evt-probe-0123--{name}.probe")


def test_the_broker_of_a_campus_survives_a_node():
    cluster = named("campus", "RabbitmqCluster", "gonghui-broker")["spec"]

    assert cluster["replicas"] == 3
    assert "cluster_partition_handling = pause_minority" in cluster["rabbitmq"]["additionalConfig"]
    assert "quorum" in cluster["rabbitmq"]["additionalConfig"]


def _container(deployment: dict[str, Any]) -> dict[str, Any]:
    return deployment["spec"]["template"]["spec"]["containers"][0]


def _amount(quantity: str) -> float:
    number, unit = re.fullmatch(r"([\d.]+)(\w*)", quantity).groups()
    return float(number) * UNITS[unit]


def _secrets_in(one: Any) -> list[tuple[str, str]]:
    """Every Secret and key that an object names, wherever it stands."""
    if isinstance(one, list):
        return [found for item in one for found in _secrets_in(item)]
    if not isinstance(one, dict):
        return []
    found = [pair for value in one.values() for pair in _secrets_in(value)]
    if isinstance(reference := one.get("secretKeyRef"), dict):
        found.append((reference["name"], reference["key"]))
    for reference in one.get("secretTargetRef", ()):
        found.append((reference["name"], reference["key"]))
    for name in ("importCredentialsSecret", "passwordSecret", "secret"):
        if isinstance(one.get(name), dict) and "name" in one[name]:
            found += [(one[name]["name"], "username"), (one[name]["name"], "password")]
    return found
