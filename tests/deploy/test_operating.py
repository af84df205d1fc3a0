"""What an operator relies on: figures of broker and database, backups, sane scaling, a way in for systems outside."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from tests.deploy import crds
from tests.deploy.charts import (
    KUBERNETES,
    RUNBOOK_URL,
    VARIANTS,
    WITH_PLATFORM,
    named,
    of_kind,
    process,
    rendered,
    tool,
    workloads,
)

LEAST_GATEWAY, LEAST_SERVICE = 0.35, 0.15
"""Cores in use before a further replica starts; deploy/README.md says what they carry."""
OUTSIDE = ("broker.outside.enabled=true", "broker.outside.cidrs={10.30.4.17/32}")


def platform(*more: str) -> dict[tuple[str, str], Any]:
    """The platform of a campus with further values, by kind and name."""
    found = (one for one in yaml.safe_load_all(rendered("campus", "platform", *more)) if one)
    return {(one["kind"], one["metadata"]["name"]): one for one in found}


@pytest.mark.parametrize("variant", ["campus", "city"])
def test_broker_and_database_are_watched_and_prometheus_is_let_in(variant: str):
    monitors = {one["metadata"]["name"]: one["spec"] for one in of_kind(variant, "PodMonitor")}
    ports = {"gonghui-broker": 15692, "gonghui-database": 9187}

    assert set(monitors) == set(ports)
    for name, port in ports.items():
        policy = named(variant, "NetworkPolicy", name)["spec"]
        assert monitors[name]["selector"] == policy["podSelector"]
        (rule,) = [one for one in policy["ingress"] if {"protocol": "TCP", "port": port} in one["ports"]]
        assert rule["from"][0]["namespaceSelector"]["matchLabels"]["kubernetes.io/metadata.name"] == "monitoring"
        # The job's name, by which the rules find it, is a label that the operator gives its pods.
        assert monitors[name]["selector"]["matchLabels"][monitors[name]["jobLabel"]] == name
    detailed = monitors["gonghui-broker"]["podMetricsEndpoints"][1]
    assert detailed["params"] == {
        "family": ["queue_coarse_metrics"],
        "vhost": [named(variant, "Vhost", "gonghui")["spec"]["name"]],
    }


def test_rules_are_about_the_installation_they_came_with():
    text = rendered("campus", "platform").replace("namespace: gonghui", "")
    elsewhere = tool(
        "helm", "template", "x", str(KUBERNETES / "platform"), "--namespace=city-union", "--kube-version=1.37",
        f"--set=monitoring.runbook={RUNBOOK_URL},database.backup.destination=s3://example,broker.vhost=city",
    )  # fmt: skip

    assert 'namespace="gonghui"' in text
    assert 'namespace="gonghui"' not in elsewhere
    assert elsewhere.count('namespace="city-union"') == text.count('namespace="gonghui"')
    assert 'vhost="city"' in elsewhere


@pytest.mark.parametrize("chart", ["gonghui", "platform"])
@pytest.mark.parametrize("address", ["", "deploy/runbook.md"])
def test_alerts_have_an_absolute_address_or_nothing_is_installed(chart: str, address: str):
    with pytest.raises(AssertionError, match=r"monitoring\.runbook|/monitoring/runbook"):
        rendered("campus", chart, f"monitoring.runbook={address}")


@pytest.mark.parametrize("variant", WITH_PLATFORM)
def test_without_a_backup_nothing_is_installed_unless_somebody_says_why(variant: str):
    with pytest.raises(AssertionError, match=r"database\.backup\.destination"):
        rendered(variant, "platform", "database.backup.destination=")
    with pytest.raises(AssertionError, match=r"database\.backup\.reason"):
        rendered(variant, "platform", "database.backup.enabled=false")

    said = ("database.backup.enabled=false", "database.backup.reason=a trial")
    (cluster,) = (one for one in yaml.safe_load_all(rendered(variant, "platform", *said))
                  if one and one["kind"] == "Cluster")  # fmt: skip
    assert cluster["metadata"]["annotations"]["without-backup"] == "a trial"
    assert "plugins" not in cluster["spec"]
    with pytest.raises(AssertionError, match=r"database\.restore\.from"):
        rendered(variant, "platform", *said, "database.restore.from=gonghui-database")


@pytest.mark.parametrize("variant", VARIANTS)
def test_an_image_that_is_there_is_not_asked_for_again(variant: str):
    assert {pod["spec"]["containers"][0]["imagePullPolicy"] for _, pod in workloads(variant)} == {"IfNotPresent"}


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_further_replica_starts_when_there_is_work_for_it_and_not_at_three_requests_a_second(variant: str):
    for one in of_kind(variant, "HorizontalPodAutoscaler", "ScaledObject"):
        name = one["spec"]["scaleTargetRef"]["name"]
        if one["kind"] == "ScaledObject":
            (percent,) = (int(t["metadata"]["value"]) for t in one["spec"]["triggers"] if t["type"] == "cpu")
        else:
            percent = one["spec"]["metrics"][0]["resource"]["target"]["averageUtilization"]
        container = named(variant, "Deployment", name)["spec"]["template"]["spec"]["containers"][0]
        cores = _cores(container["resources"]["requests"]["cpu"]) * percent / 100
        assert cores >= (LEAST_GATEWAY if name == "gateway" else LEAST_SERVICE), name
        assert process(variant, name)["most"] > process(variant, name)["replicas"]


@pytest.mark.parametrize("variant", WITH_PLATFORM)
def test_nobody_outside_reaches_the_broker_unless_somebody_says_who(variant: str):
    policy = named(variant, "NetworkPolicy", "gonghui-broker")["spec"]

    assert not [one for rule in policy["ingress"] for one in rule["from"] if "ipBlock" in one]
    assert "tls" not in named(variant, "RabbitmqCluster", "gonghui-broker")["spec"]
    assert not list(of_kind(variant, "Service")) or "gonghui-broker-outside" not in {
        one["metadata"]["name"] for one in of_kind(variant, "Service")
    }


def test_systems_outside_come_encrypted_from_named_addresses_to_one_port():
    made = platform(*OUTSIDE)
    cluster = made["RabbitmqCluster", "gonghui-broker"]["spec"]
    service = made["Service", "gonghui-broker-outside"]["spec"]
    policy = made["NetworkPolicy", "gonghui-broker"]["spec"]
    named_addresses = [rule for rule in policy["ingress"] if any("ipBlock" in one for one in rule["from"])]

    assert crds.unknown_fields(cluster, crds.SPECS["rabbitmq.com/v1beta1", "RabbitmqCluster"]) == []
    assert cluster["tls"] == {"secretName": "broker-tls"}
    assert "ssl_options.versions.2 = tlsv1.2" in cluster["rabbitmq"]["additionalConfig"]
    assert [port["port"] for port in service["ports"]] == [5671]
    assert service["selector"] == policy["podSelector"]["matchLabels"]
    assert service["externalTrafficPolicy"] == "Local"
    assert service["loadBalancerSourceRanges"] == ["10.30.4.17/32"]
    assert named_addresses == [
        {"from": [{"ipBlock": {"cidr": "10.30.4.17/32"}}], "ports": [{"protocol": "TCP", "port": 5671}]}
    ]


@pytest.mark.parametrize("cidrs", ["null", "{0.0.0.0/0}"])
def test_everybody_is_not_a_named_address(cidrs: str):
    with pytest.raises(AssertionError, match=r"broker\.outside\.cidrs"):
        platform("broker.outside.enabled=true", f"broker.outside.cidrs={cidrs}")


PUBLIC = "amqps://events.union.example.edu.cn:5671/gonghui"


def test_the_gateway_alone_tells_systems_outside_where_the_broker_is():
    text = rendered("campus", "gonghui", f"broker.publicUrl={PUBLIC}")
    told = [
        (one["metadata"]["name"], variable["value"])
        for one in yaml.safe_load_all(text)
        if one and one["kind"] == "Deployment"
        for variable in one["spec"]["template"]["spec"]["containers"][0]["env"]
        if variable["name"] == "GONGHUI_PUBLIC_AMQP_URL"
    ]

    assert told == [("gateway", PUBLIC)]
    assert "GONGHUI_PUBLIC_AMQP_URL" not in rendered("campus")


def test_one_values_file_with_the_public_address_serves_both_charts():
    assert rendered("campus", "platform", f"broker.publicUrl={PUBLIC}") == rendered("campus", "platform")


@pytest.mark.parametrize(
    "address", ["https://events.example.edu.cn", "amqps://reader:secret@events.example.edu.cn/gonghui"]
)
def test_an_address_that_is_no_brokers_or_names_a_user_is_refused(address: str):
    with pytest.raises(AssertionError, match="publicUrl"):
        rendered("campus", "gonghui", f"broker.publicUrl={address}")


def test_a_system_outside_that_is_away_does_not_fill_the_brokers_disk():
    spec = platform()["Policy", "gonghui-outside"]["spec"]

    assert re.match(spec["pattern"], "campus-card")
    assert re.match(spec["pattern"], "campus-card.dead")
    assert not re.match(spec["pattern"], "evt-membership.events--x--welfare.on_x")
    assert 0 < spec["definition"]["max-length"] <= 1_000_000
    # With reject-publish a full queue would hold up the union's own events.
    assert "overflow" not in spec["definition"]


def _cores(quantity: str) -> float:
    return int(quantity.removesuffix("m")) / 1000 if quantity.endswith("m") else float(quantity)
