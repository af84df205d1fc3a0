"""How an alert is tried: series that make it fire, and such that don't, by promtool."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from tests.support.prometheus import promtool

MAKERS = "gonghui|process|rabbitmq|cnpg|barman|kube|kubelet|container"
FIGURES_OF_OTHERS = {
    # RabbitMQ, /metrics and /metrics/detailed?family=queue_coarse_metrics: 3.10 and later
    "rabbitmq_alarms_memory_used_watermark", "rabbitmq_alarms_free_disk_space_watermark",
    "rabbitmq_detailed_queue_messages_ready", "rabbitmq_detailed_queue_messages_unacked",
    # CloudNativePG and its Barman Cloud plugin
    "cnpg_collector_up", "cnpg_collector_sync_replicas",
    "cnpg_pg_stat_archiver_last_failed_time", "cnpg_pg_stat_archiver_last_archived_time",
    "barman_cloud_cloudnative_pg_io_last_available_backup_timestamp",
    "barman_cloud_cloudnative_pg_io_last_failed_backup_timestamp",
    # kubelet, cAdvisor, kube-state-metrics, Prometheus
    "kubelet_volume_stats_available_bytes", "kubelet_volume_stats_capacity_bytes", "container_memory_working_set_bytes",
    "kube_pod_container_resource_limits", "kube_pod_container_status_last_terminated_reason",
    "kube_pod_container_status_restarts_total", "kube_statefulset_replicas",
    "kube_statefulset_status_replicas_ready", "up",
}  # fmt: skip
"""Names as their makers document them."""


class Case(NamedTuple):
    """Series (a minute between values) that make an alert fire after `minutes`, and such that do not."""

    minutes: int
    fires: dict[str, str]
    quiet: dict[str, str]


def rules(file: Path) -> list[dict[str, Any]]:
    """Every alert rule of a file."""
    return [rule for group in yaml.safe_load(file.read_text())["groups"] for rule in group["rules"]]


def try_alert(folder: Path, file: Path, alert: str, case: Case) -> None:
    """Let promtool try both sides of a case.

    Raises:
        AssertionError: the alert did not fire, or fired where it should not.
    """
    tests = [_promtool_case(alert, case.minutes, case.fires, 1), _promtool_case(alert, case.minutes, case.quiet, 0)]
    given = folder / "test.yaml"
    given.write_text(yaml.safe_dump({"rule_files": [str(file)], "evaluation_interval": "1m", "tests": tests}))
    promtool("test", "rules", str(given))


def metrics_in(expression: str) -> set[str]:
    """The names of figures in an expression."""
    return set(
        re.findall(r"\b(?:gonghui|process|rabbitmq|cnpg|barman|kube|kubelet|container)_[a-z_]+\b|\bup\b", expression)
    )


def _promtool_case(alert: str, minutes: int, series: dict[str, str], firing: int) -> dict[str, Any]:
    return {
        "interval": "1m",
        "input_series": [{"series": name, "values": values} for name, values in series.items()],
        "promql_expr_test": [
            {
                "expr": f'min(count by (alertname) (ALERTS{{alertname="{alert}", alertstate="firing"}})) or vector(0)',
                "eval_time": f"{minutes}m",
                "exp_samples": [{"labels": "{}", "value": firing}],
            }
        ],
    }
