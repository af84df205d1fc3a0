"""That the parts of an installation fit each other and what their operators ask of them."""

from __future__ import annotations

import json
import re
from urllib.parse import urlsplit

import pytest
import yaml

from scripts.kubernetes_secrets import manifests
from services.chassis.process import metrics
from services.chassis.process.settings import SERVICES
from services.contracts.files import LARGEST
from tests.deploy import crds
from tests.deploy.charts import NAMESPACE, ROOT, VARIANTS, named, of_kind, process, rendered, workloads

every_variant = pytest.mark.parametrize("variant", VARIANTS)
MOST_QUEUES = 100
"""What KEDA reads of a list of queues: it asks for one page."""


def queues() -> set[str]:
    """Every queue of calls and of events."""
    told = (ROOT / "tests" / "contract" / "topology.txt").read_text()
    return {f"rpc-{service}" for service in SERVICES} | set(re.findall(r"evt-\S+--\S+", told))


def test_a_figures_own_service_is_not_replaced_by_the_name_of_what_is_scraped():
    metrics.outbox_state("welfare", depth=0, age_seconds=0)
    samples = [sample for one in metrics.REGISTRY.collect() for sample in one.samples]
    monitor = named("campus", "ServiceMonitor", "gonghui")["spec"]

    assert [sample for sample in samples if "service" in sample.labels]
    assert all(endpoint["honorLabels"] for endpoint in monitor["endpoints"])


def test_what_is_scraped_bears_the_job_name_that_the_alerts_use():
    monitor = named("campus", "ServiceMonitor", "gonghui")["spec"]
    for name in SERVICES:
        service = named("campus", "Service", name)
        assert monitor["selector"]["matchLabels"].items() <= service["metadata"]["labels"].items()
        assert service["metadata"]["labels"][monitor["jobLabel"]] == "gonghui"
        assert {one["port"] for one in monitor["endpoints"]} <= {port["name"] for port in service["spec"]["ports"]}


def test_each_scaler_sees_the_queues_of_its_service_and_no_others():
    scalers = list(of_kind("campus", "ScaledObject"))

    assert {one["metadata"]["name"] for one in scalers} == set(SERVICES) - {"gateway"}
    for one in scalers:
        name, trigger = one["metadata"]["name"], one["spec"]["triggers"][0]["metadata"]
        seen = {queue for queue in queues() if re.search(trigger["queueName"], queue)}
        assert seen == {queue for queue in queues() if queue == f"rpc-{name}" or f"--{name}." in queue}
        assert 1 < len(seen) < MOST_QUEUES


def test_operators_may_watch_the_secrets_that_hold_their_users():
    labels = {one["metadata"]["name"]: one["metadata"]["labels"] for one in manifests(NAMESPACE, ["campus-card"])}
    broker_users = {one["spec"]["importCredentialsSecret"]["name"] for one in of_kind("campus", "User")}
    roles = named("campus", "Cluster", "gonghui-database")["spec"]["managed"]["roles"]

    assert len(broker_users) == len(SERVICES) + 3
    # Without its label the topology operator refuses the user (from 1.20 on).
    assert {labels[name].get("rabbitmq.com/topology-operator") for name in broker_users} == {"true"}
    assert {labels[role["passwordSecret"]["name"]].get("cnpg.io/reload") for role in roles} == {"true"}
    assert "cnpg.io/reload" not in labels["gonghui-keys"]


def test_secrets_for_somebody_elses_broker_name_its_management_address():
    made = manifests(NAMESPACE, [], "https://rabbitmq.infra.example.edu.cn:15671/")
    host = next(one["stringData"]["host"] for one in made if one["metadata"]["name"] == "broker-keda")

    assert re.fullmatch(r"https://keda:[0-9a-f]{48}@rabbitmq\.infra\.example\.edu\.cn:15671/", host)


@pytest.mark.parametrize("variant", ["small", "campus", "city"])
def test_backups_go_to_the_store_that_is_there(variant: str):
    (plugin,) = named(variant, "Cluster", "gonghui-database")["spec"]["plugins"]
    nightly = named(variant, "ScheduledBackup", "gonghui-database")["spec"]

    assert plugin["isWALArchiver"]
    assert named(variant, "ObjectStore", plugin["parameters"]["barmanObjectName"])
    assert (nightly["method"], nightly["pluginConfiguration"]["name"]) == ("plugin", plugin["name"])


def test_a_database_begins_with_a_backup_when_told_to_and_writes_its_own_elsewhere():
    given = ("database.restore.from=gonghui-database", "database.backup.serverName=gonghui-database-2")
    moment = "2026-11-27 02:00:00+00:00"
    text = rendered("campus", "platform", *given, f"database.restore.targetTime={moment}")
    (cluster,) = (one["spec"] for one in yaml.safe_load_all(text) if one and one["kind"] == "Cluster")
    (archive,) = cluster["externalClusters"]
    (writer,) = cluster["plugins"]

    assert crds.unknown_fields(cluster, crds.SPECS["postgresql.cnpg.io/v1", "Cluster"]) == []
    assert cluster["bootstrap"] == {"recovery": {"source": archive["name"], "recoveryTarget": {"targetTime": moment}}}
    assert archive["plugin"]["name"] == writer["name"]
    assert archive["plugin"]["parameters"]["barmanObjectName"] == writer["parameters"]["barmanObjectName"]
    assert archive["plugin"]["parameters"]["serverName"] != writer["parameters"]["serverName"]


@pytest.mark.parametrize("variant", ["campus", "city"])
def test_a_fail_over_loses_nothing_that_was_answered_and_one_standby_may_fail_without_stopping_the_union(variant: str):
    spec = named(variant, "Cluster", "gonghui-database")["spec"]
    wanted = spec["postgresql"]["synchronous"]

    assert (wanted["method"], wanted["dataDurability"]) == ("any", "required")
    assert 1 <= wanted["number"] < spec["instances"] - 1


def test_a_database_of_one_instance_waits_for_no_standby():
    assert "synchronous" not in named("small", "Cluster", "gonghui-database")["spec"]["postgresql"]


def test_whoever_prefers_to_go_on_without_a_standby_says_so():
    text = rendered("campus", "platform", "database.dataDurability=preferred")
    (cluster,) = (one["spec"] for one in yaml.safe_load_all(text) if one and one["kind"] == "Cluster")

    assert cluster["postgresql"]["synchronous"]["dataDurability"] == "preferred"


@every_variant
def test_membership_alone_asks_hr_and_is_let_out_to_it(variant: str):
    policy = named(variant, "NetworkPolicy", "membership-to-hr")["spec"]
    asking = [
        (pod["metadata"]["labels"], variable["name"])
        for _, pod in workloads(variant)
        for variable in pod["spec"]["containers"][0]["env"]
        if variable["name"].startswith("GONGHUI_HR_")
    ]

    assert {name for _, name in asking} == {"GONGHUI_HR_URL", "GONGHUI_HR_TOKEN"}
    assert all(policy["podSelector"]["matchLabels"].items() <= labels.items() for labels, _ in asking)
    assert policy["egress"] == [
        {"to": [{"ipBlock": {"cidr": "10.1.3.4/32"}}], "ports": [{"protocol": "TCP", "port": 443}]}
    ]


def test_the_gateway_alone_knows_identity_providers_and_is_let_out_to_them():
    row = {"key": "campus", "kind": "oidc", "name": "Campus", "issuer": "https://id.example.edu.cn", "client_id": "x"}
    given = [f"signOn.providers[0].{name}={value}" for name, value in row.items()]
    given += ["signOn.secrets.GONGHUI_SIGN_ON_SECRET=campus-secret", "signOn.cidr=10.1.3.5/32"]
    made = [one for one in yaml.safe_load_all(rendered("campus", "gonghui", *given)) if one]
    asking = {
        (one["metadata"]["name"], variable["name"]): variable
        for one in made
        if one["kind"] == "Deployment"
        for variable in one["spec"]["template"]["spec"]["containers"][0]["env"]
        if variable["name"].startswith("GONGHUI_SIGN_ON")
    }
    (policy,) = (one["spec"] for one in made if one["metadata"]["name"] == "gateway-to-identity-providers")

    assert {process.removeprefix("gonghui-") for process, _ in asking} == {"gateway"}
    values = {name: variable for (_, name), variable in asking.items()}
    assert json.loads(values["GONGHUI_SIGN_ON_PROVIDERS"]["value"]) == [row]
    assert values["GONGHUI_SIGN_ON_SECRET"]["valueFrom"]["secretKeyRef"] == {"name": "campus-secret", "key": "secret"}
    assert policy["egress"] == [
        {"to": [{"ipBlock": {"cidr": "10.1.3.5/32"}}], "ports": [{"protocol": "TCP", "port": 443}]}
    ]


def test_without_identity_providers_nothing_is_let_out_to_them():
    assert "gateway-to-identity-providers" not in rendered("campus")
    assert "GONGHUI_SIGN_ON" not in rendered("campus")


@every_variant
def test_the_processes_that_take_files_ask_the_scanner_and_are_let_out_to_it(variant: str):
    asking = {
        pod["metadata"]["labels"]["app.kubernetes.io/name"]: pod["metadata"]["labels"]
        for _, pod in workloads(variant)
        for variable in pod["spec"]["containers"][0]["env"]
        if variable["name"] == "GONGHUI_CLAMD_URL"
    }

    assert set(asking) == {"membership", "welfare", "gateway"}
    for service in asking:
        policy = named(variant, "NetworkPolicy", f"{service}-to-scanner")["spec"]
        assert policy["podSelector"]["matchLabels"].items() <= asking[service].items()
        assert policy["egress"] == [
            {"to": [{"ipBlock": {"cidr": "10.1.5.6/32"}}], "ports": [{"protocol": "TCP", "port": 3310}]}
        ]


@every_variant
def test_the_gateway_alone_sends_mail_and_is_let_out_to_the_server(variant: str):
    policy = named(variant, "NetworkPolicy", "gateway-to-mail")["spec"]
    sending = [
        (pod["metadata"]["labels"], variable["name"])
        for _, pod in workloads(variant)
        for variable in pod["spec"]["containers"][0]["env"]
        if variable["name"] in ("GONGHUI_SMTP_URL", "GONGHUI_MAIL_FROM")
    ]

    assert {name for _, name in sending} == {"GONGHUI_SMTP_URL", "GONGHUI_MAIL_FROM"}
    assert all(policy["podSelector"]["matchLabels"].items() <= labels.items() for labels, _ in sending)
    assert policy["egress"] == [
        {"to": [{"ipBlock": {"cidr": "10.1.4.5/32"}}], "ports": [{"protocol": "TCP", "port": 465}]}
    ]


def test_nothing_is_let_out_to_group_chats_unless_addresses_are_named():
    closed = [one for one in yaml.safe_load_all(rendered("campus", "gonghui")) if one]
    assert "gateway-to-group-chats" not in {one["metadata"]["name"] for one in closed}


def test_the_gateway_alone_is_let_out_to_group_chats_and_never_into_private_networks():
    made = yaml.safe_load_all(rendered("campus", "gonghui", "robots.cidrs={0.0.0.0/0,203.0.113.7/32}"))
    (policy,) = (one["spec"] for one in made if one and one["metadata"]["name"] == "gateway-to-group-chats")
    everywhere, one_address = policy["egress"]
    let_out = {
        pod["metadata"]["name"]
        for pod, _ in workloads("campus")
        if policy["podSelector"]["matchLabels"].items() <= pod["spec"]["template"]["metadata"]["labels"].items()
    }

    assert let_out == {"gateway"}
    assert {"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"} <= set(everywhere["to"][0]["ipBlock"]["except"])
    assert one_address["to"] == [{"ipBlock": {"cidr": "203.0.113.7/32"}}]
    assert [rule["ports"] for rule in policy["egress"]] == [[{"protocol": "TCP", "port": 443}]] * 2


@every_variant
def test_the_ingress_lets_the_largest_file_through(variant: str):
    annotations = named(variant, "Ingress", "gateway")["metadata"]["annotations"]
    told = annotations["nginx.ingress.kubernetes.io/proxy-body-size"]

    assert int(told.removesuffix("m")) * 2**20 > LARGEST


@every_variant
def test_there_is_room_for_the_files_of_all_requests_at_once(variant: str):
    pod = named(variant, "Deployment", "gateway")["spec"]["template"]["spec"]
    (room,) = (one["emptyDir"]["sizeLimit"] for one in pod["volumes"] if one["name"] == "tmp")

    assert int(room.removesuffix("Mi")) * 2**20 > int(process(variant, "gateway")["env"]["GONGHUI_WORKERS"]) * LARGEST


def test_somebody_elses_servers_are_spoken_to_encrypted_and_verified():
    ports = {port for rule in named("external", "NetworkPolicy", "gonghui-to-broker-and-database")["spec"]["egress"]
             for port in (one["port"] for one in rule["ports"]) if "ipBlock" in str(rule["to"])}  # fmt: skip
    for _, pod in workloads("external"):
        container = pod["spec"]["containers"][0]
        env = {one["name"]: one.get("value", "") for one in container["env"]}
        trusted = next(one for one in pod["spec"]["volumes"] if one["name"] == "trust")
        mounted = next(one["mountPath"] for one in container["volumeMounts"] if one["name"] == trusted["name"])
        assert env["SSL_CERT_FILE"] == f"{mounted}/ca.crt"
        broker = urlsplit(env["GONGHUI_AMQP_URL"].replace("$(BROKER_USER):$(BROKER_PASSWORD)@", ""))
        assert (broker.scheme, broker.port in ports) == ("amqps", True)
        databases = [url for name, url in env.items() if name.endswith("_DATABASE_URL")]
        assert databases
        assert all(f"sslmode=verify-full&sslrootcert={mounted}/ca.crt" in url for url in databases)
