"""Alert rules of what is underneath, and that every alert, of ours or of theirs, leads to its page of the runbook."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.deploy.alerting import FIGURES_OF_OTHERS, Case, metrics_in, rules, try_alert
from tests.deploy.charts import DEPLOY, RUNBOOK_URL, named
from tests.support.prometheus import promtool

OURS = DEPLOY / "prometheus" / "alerts.yaml"
RULES = DEPLOY / "prometheus" / "platform.yaml"
RUNBOOK = DEPLOY / "runbook.md"
SPACE = 'namespace="gonghui"'
CONTAINER = f'{SPACE},pod="gateway-1",container="gateway"'
BROKER = f'{SPACE},statefulset="gonghui-broker-server"'
VOLUME = f'{SPACE},persistentvolumeclaim="gonghui-database-1"'
QUEUE = 'vhost="gonghui",queue="evt-x",instance="1"'
BACKUP = "barman_cloud_cloudnative_pg_io_last_%s_backup_timestamp"
JOB = 'job="gonghui-database"'


def standbys(observed: int) -> dict[str, str]:
    """As the primary and a standby show them."""
    return {
        f'cnpg_collector_sync_replicas{{{JOB},pod="1",value="observed"}}': f"{observed}x30",
        f'cnpg_collector_sync_replicas{{{JOB},pod="1",value="expected"}}': "1x30",
        f'cnpg_collector_sync_replicas{{{JOB},pod="2",value="observed"}}': "0x30",
        f'cnpg_collector_sync_replicas{{{JOB},pod="2",value="expected"}}': "1x30",
    }


def nodes(ready: int) -> dict[str, str]:
    """The broker's nodes: how many of three are ready."""
    return {
        f"kube_statefulset_replicas{{{BROKER}}}": "3x30",
        f"kube_statefulset_status_replicas_ready{{{BROKER}}}": f"{ready}x30",
        'up{job="gonghui-broker",instance="1"}': "1x30",
    }


def memory(used: int) -> dict[str, str]:
    """A container's use of a limit of 100."""
    return {
        f'container_memory_working_set_bytes{{{CONTAINER},node="a"}}': f"{used}x30",
        f'container_memory_working_set_bytes{{{SPACE},pod="db-1",container="postgres",node="a"}}': "99x30",
        f'kube_pod_container_resource_limits{{{CONTAINER},resource="memory"}}': "100x30",
        f'kube_pod_container_resource_limits{{{SPACE},pod="db-1",container="postgres",resource="memory"}}': "100x30",
    }


def killed(reason: str) -> dict[str, str]:
    """A container that was started again after ten minutes."""
    return {
        f'kube_pod_container_status_last_terminated_reason{{{CONTAINER},reason="{reason}"}}': "0x9 1x20",
        f"kube_pod_container_status_restarts_total{{{CONTAINER}}}": "0x9 1x20",
    }


def volume(available: str) -> dict[str, str]:
    """A volume of 1,000."""
    return {
        f"kubelet_volume_stats_available_bytes{{{VOLUME}}}": available,
        f"kubelet_volume_stats_capacity_bytes{{{VOLUME}}}": "1000x600",
    }


def archived(failed: int, done: int) -> dict[str, str]:
    """When the archiver last failed and last succeeded."""
    return {
        f"cnpg_pg_stat_archiver_last_failed_time{{{JOB}}}": f"{failed}x30",
        f"cnpg_pg_stat_archiver_last_archived_time{{{JOB}}}": f"{done}x30",
    }


DAYS = 60 * 24
CASES = {
    "GonghuiBrokerMemoryAlarm": Case(
        2,
        {'rabbitmq_alarms_memory_used_watermark{instance="1"}': "1x30"},
        {'rabbitmq_alarms_memory_used_watermark{instance="1"}': "0x30"},
    ),
    "GonghuiBrokerDiskAlarm": Case(
        2,
        {'rabbitmq_alarms_free_disk_space_watermark{instance="1"}': "1x30"},
        {'rabbitmq_alarms_free_disk_space_watermark{instance="1"}': "0x30"},
    ),
    "GonghuiBrokerNodeDown": Case(6, nodes(2), nodes(3)),
    "GonghuiQueueUnacked": Case(
        40,
        {f"rabbitmq_detailed_queue_messages_unacked{{{QUEUE}}}": "5x50"},
        {f"rabbitmq_detailed_queue_messages_unacked{{{QUEUE}}}": "400x20 0 400x29"},
    ),
    "GonghuiQueueGrows": Case(
        60,
        {f"rabbitmq_detailed_queue_messages_ready{{{QUEUE}}}": "1500+10x70"},
        {f"rabbitmq_detailed_queue_messages_ready{{{QUEUE}}}": "9000-10x70"},
    ),
    "GonghuiDatabaseDown": Case(3, {f'up{{{JOB},pod="1"}}': "0x30"}, {f'up{{{JOB},pod="1"}}': "1x30"}),
    "GonghuiStandbyMissing": Case(3, standbys(0), standbys(2)),
    "GonghuiDiskFull": Case(6, volume("149x600"), volume("151x600")),
    "GonghuiDiskFills": Case(500, volume("1000-1x600"), volume("1000x600")),
    "GonghuiBackupMissing": Case(
        27 * 60, {f"{BACKUP % 'available'}{{{JOB}}}": f"0x{2 * DAYS}"},
        {f"{BACKUP % 'available'}{{{JOB}}}": f"0x60 3600x{2 * DAYS}"},
    ),
    "GonghuiBackupOld": Case(
        28 * 60, {f"{BACKUP % 'available'}{{{JOB}}}": f"60x{2 * DAYS}"},
        {f"{BACKUP % 'available'}{{{JOB}}}": f"60x{DAYS} 86400x{DAYS}"},
    ),
    "GonghuiBackupFailed": Case(
        6,
        {f"{BACKUP % 'available'}{{{JOB}}}": "100x30", f"{BACKUP % 'failed'}{{{JOB}}}": "200x30"},
        {f"{BACKUP % 'available'}{{{JOB}}}": "300x30", f"{BACKUP % 'failed'}{{{JOB}}}": "200x30"},
    ),
    "GonghuiLogNotArchived": Case(16, archived(200, 100), archived(100, 200)),
    "GonghuiMemoryNear": Case(11, memory(91), memory(80)),
    "GonghuiOutOfMemory": Case(12, killed("OOMKilled"), killed("Completed")),
}  # fmt: skip


def test_the_rules_are_well_formed():
    promtool("check", "rules", "--lint=all", "--lint-fatal", str(RULES))


@pytest.mark.parametrize("alert", sorted(CASES))
def test_an_alert_fires_when_it_should_and_keeps_quiet_else(tmp_path: Path, alert: str):
    try_alert(tmp_path, RULES, alert, CASES[alert])


def test_every_alert_is_tried_and_uses_figures_that_exist():
    assert sorted(CASES) == sorted(rule["alert"] for rule in rules(RULES))
    assert {name for rule in rules(RULES) for name in metrics_in(rule["expr"])} == FIGURES_OF_OTHERS


@pytest.mark.parametrize("file", [OURS, RULES], ids=lambda file: file.stem)
def test_every_alert_leads_to_its_page_of_the_runbook(file: Path):
    pages = {line.removeprefix("### ").strip() for line in RUNBOOK.read_text().splitlines() if line.startswith("### ")}
    for rule in rules(file):
        assert rule["annotations"]["runbook_url"] == "{{ $externalLabels.runbook }}#" + rule["alert"].lower()
        assert rule["alert"] in pages
        assert rule["labels"]["severity"] in ("critical", "warning")


@pytest.mark.parametrize(("name", "file"), [("gonghui", OURS), ("gonghui-platform", RULES)])
def test_the_cluster_has_the_same_rules_with_an_absolute_address(name: str, file: Path):
    in_cluster = named("campus", "PrometheusRule", name)["spec"]["groups"]
    ours = yaml.safe_load(file.read_text().replace("{{ $externalLabels.runbook }}", RUNBOOK_URL))["groups"]

    assert in_cluster == ours
    for rule in in_cluster[0]["rules"]:
        assert rule["annotations"]["runbook_url"] == f"{RUNBOOK_URL}#{rule['alert'].lower()}"
