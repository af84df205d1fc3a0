"""Alert rules and dashboard: every alert fires when it should and keeps quiet else, and all use real figures."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from prometheus_client import Metric

from services.chassis.process import metrics
from services.chassis.process.settings import SERVICES
from tests.deploy.alerting import FIGURES_OF_OTHERS, Case, metrics_in, rules, try_alert
from tests.deploy.charts import DEPLOY, named
from tests.support.prometheus import promtool

RULES = DEPLOY / "prometheus" / "alerts.yaml"
DASHBOARD = DEPLOY / "prometheus" / "dashboard.json"


def _buckets(name: str, labels: str, *, slow: int) -> dict[str, str]:
    """A histogram whose observations all took longer than the limit, or none did (`slow` per minute)."""
    return {
        f'{name}_bucket{{le="0.1",{labels}}}': f"0+{100 - slow}x30",
        f'{name}_bucket{{le="60",{labels}}}': "0+100x30",
        f'{name}_bucket{{le="+Inf",{labels}}}': "0+100x30",
    }


POOLS = {f'gonghui_database_pool_size{{service="{name}"}}': "10x30" for name in SERVICES}
CALL, REQUEST = 'service="welfare",operation="x"', 'route="/x"'
CASES = {
    "GonghuiProcessDown": Case(3, {'up{job="gonghui"}': "0x30"}, {'up{job="gonghui"}': "1x30"}),
    "GonghuiServiceMissing": Case(4, {name: value for name, value in POOLS.items() if "welfare" not in name}, POOLS),
    "GonghuiRequestsFail": Case(
        12,
        {
            'gonghui_http_requests_total{status="200"}': "0+90x30",
            'gonghui_http_requests_total{status="500"}': "0+10x30",
        },
        {
            'gonghui_http_requests_total{status="200"}': "0+90x30",
            'gonghui_http_requests_total{status="404"}': "0+10x30",
        },
    ),
    "GonghuiRequestsSlow": Case(
        22,
        _buckets("gonghui_http_request_seconds", REQUEST, slow=50),
        _buckets("gonghui_http_request_seconds", REQUEST, slow=1),
    ),
    "GonghuiCallsFail": Case(
        12,
        {
            f'gonghui_rpc_calls_total{{{CALL},outcome="ok"}}': "0+9x30",
            f'gonghui_rpc_calls_total{{{CALL},outcome="defect"}}': "0+1x30",
        },
        {
            f'gonghui_rpc_calls_total{{{CALL},outcome="ok"}}': "0+9x30",
            f'gonghui_rpc_calls_total{{{CALL},outcome="refused"}}': "0+9x30",
        },
    ),
    "GonghuiCallsSlow": Case(
        22, _buckets("gonghui_rpc_call_seconds", CALL, slow=50), _buckets("gonghui_rpc_call_seconds", CALL, slow=1)
    ),
    "GonghuiOutboxStuck": Case(
        4,
        {'gonghui_outbox_age_seconds{service="welfare"}': "61x30"},
        {'gonghui_outbox_age_seconds{service="welfare"}': "5x30"},
    ),
    "GonghuiNobodyPublishes": Case(
        4,
        {f'gonghui_relay_leads{{service="welfare",instance="{n}"}}': "0x30" for n in (1, 2)},
        {
            'gonghui_relay_leads{service="welfare",instance="1"}': "1x5 0x24",
            'gonghui_relay_leads{service="welfare",instance="2"}': "0x5 1x24",
        },
    ),
    "GonghuiOutboxDeep": Case(
        12,
        {'gonghui_outbox_depth{service="welfare"}': "20001x30"},
        {'gonghui_outbox_depth{service="welfare"}': "900x30"},
    ),
    "GonghuiRelaySlow": Case(
        22,
        _buckets("gonghui_relay_lag_seconds", 'service="welfare"', slow=90),
        _buckets("gonghui_relay_lag_seconds", 'service="welfare"', slow=1),
    ),
    "GonghuiEventsFail": Case(
        20,
        {'gonghui_events_failed_total{consumer="welfare.on_x",status="failed"}': "0+5x30"},
        {'gonghui_events_failed_total{consumer="welfare.on_x",status="failed"}': "0x10 1x20"},
    ),
    "GonghuiEventsWaiting": Case(
        61,
        {'gonghui_inbox_failed{service="welfare"}': "1x90"},
        {'gonghui_inbox_failed{service="welfare"}': "1x40 0x50"},
    ),
    "GonghuiEventsDead": Case(
        2, {'gonghui_inbox_dead{service="welfare"}': "1x30"}, {'gonghui_inbox_dead{service="welfare"}': "0x30"}
    ),
    "GonghuiBrokerDropsEvents": Case(
        2,
        {'gonghui_broker_drops_events{service="welfare"}': "1x30"},
        {'gonghui_broker_drops_events{service="welfare"}': "0x30"},
    ),
    "GonghuiEventsLost": Case(
        20,
        {'gonghui_events_reconciled_total{consumer="welfare.on_x"}': "0x10 3x20"},
        {'gonghui_events_reconciled_total{consumer="welfare.on_x"}': "3x30"},
    ),
    "GonghuiEventsMissing": Case(
        6,
        {'gonghui_events_missing{consumer="welfare.on_x"}': "1x30"},
        {'gonghui_events_missing{consumer="welfare.on_x"}': "0x30"},
    ),
    "GonghuiEventsUnannounced": Case(
        6,
        {'gonghui_events_unannounced{consumer="welfare.on_x"}': "1x30"},
        {'gonghui_events_unannounced{consumer="welfare.on_x"}': "0x30"},
    ),
    "GonghuiReconciliationLate": Case(
        135,
        {'gonghui_events_reconciliation_timestamp_seconds{consumer="welfare.on_x"}': "0x150"},
        {'gonghui_events_reconciliation_timestamp_seconds{consumer="welfare.on_x"}': "0+60x150"},
    ),
    "GonghuiRetriesMany": Case(
        31,
        {'gonghui_events_retried_total{consumer="welfare.on_x"}': "0+90x40"},
        {'gonghui_events_retried_total{consumer="welfare.on_x"}': "0+5x40"},
    ),
    "GonghuiReactionsSlow": Case(
        22,
        _buckets("gonghui_event_handling_seconds", 'consumer="welfare.on_x"', slow=50),
        _buckets("gonghui_event_handling_seconds", 'consumer="welfare.on_x"', slow=1),
    ),
    "GonghuiPoolExhausted": Case(
        6,
        {
            'gonghui_database_pool_used{service="welfare"}': "10x30",
            'gonghui_database_pool_size{service="welfare"}': "10x30",
        },
        {
            'gonghui_database_pool_used{service="welfare"}': "8x30",
            'gonghui_database_pool_size{service="welfare"}': "10x30",
        },
    ),
    "GonghuiJobsFail": Case(
        12,
        {'gonghui_jobs_ended_total{kind="x",state="failed"}': "0x5 1x30"},
        {'gonghui_jobs_ended_total{kind="x",state="done"}': "0x5 9x30"},
    ),
    "GonghuiScannerSilent": Case(
        12,
        {'gonghui_files_scanned_total{verdict="no_verdict"}': "0x5 1x30"},
        {'gonghui_files_scanned_total{verdict="harmful"}': "0x5 1+1x30"},
    ),
    "GonghuiFilesUnreadable": Case(
        40,
        {'gonghui_files_unreadable_total{reading="table"}': "0x5 0+1x35"},
        {'gonghui_files_unreadable_total{reading="table"}': "0x5 3x35"},
    ),
}


def test_the_rules_are_well_formed():
    promtool("check", "rules", "--lint=all", "--lint-fatal", str(RULES))


@pytest.mark.parametrize("alert", sorted(CASES))
def test_an_alert_fires_when_it_should_and_keeps_quiet_else(tmp_path: Path, alert: str):
    try_alert(tmp_path, RULES, alert, CASES[alert])


def test_every_alert_is_tried():
    assert sorted(CASES) == sorted(rule["alert"] for rule in rules(RULES))


def test_alerts_and_dashboard_use_figures_that_exist():
    known = set(_names(metrics.REGISTRY.collect())) | FIGURES_OF_OTHERS
    expressions = [rule["expr"] for rule in rules(RULES)] + list(_dashboard_expressions())

    assert len(expressions) > 30
    assert sorted({name for text in expressions for name in metrics_in(text)} - known) == []


def test_the_dashboard_shows_every_figure_of_ours():
    shown = {name for text in _dashboard_expressions() for name in metrics_in(text)}
    missing = [
        metric.name for metric in metrics.REGISTRY.collect()
        if metric.name.startswith("gonghui_") and not any(name.startswith(metric.name) for name in shown)
    ]  # fmt: skip

    assert missing == []


def test_queries_of_the_dashboard_are_well_formed(tmp_path: Path):
    named_rules = [
        {"record": f"panel:{number}", "expr": text.replace("$__rate_interval", "5m")}
        for number, text in enumerate(_dashboard_expressions())
    ]
    file = tmp_path / "dashboard.yaml"
    file.write_text(yaml.safe_dump({"groups": [{"name": "dashboard", "rules": named_rules}]}))

    promtool("check", "rules", str(file))


def test_the_cluster_has_the_same_dashboard():
    shown = named("campus", "ConfigMap", "gonghui-dashboard")["data"]["gonghui.json"]

    assert json.loads(shown) == json.loads(DASHBOARD.read_text())


def test_prometheus_of_compose_is_well_configured():
    promtool("check", "config", "--syntax-only", str(DEPLOY / "compose" / "prometheus.yaml"))


def _dashboard_expressions() -> Iterator[str]:
    for panel in json.loads(DASHBOARD.read_text())["panels"]:
        yield from (target["expr"] for target in panel.get("targets", ()))


def _names(collected: Iterator[Metric]) -> Iterator[str]:
    for metric in collected:
        suffixes = {"counter": ("_total",), "histogram": ("_bucket", "_count", "_sum")}.get(metric.type, ("",))
        yield from (metric.name + suffix for suffix in suffixes)
