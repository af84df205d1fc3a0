"""The fields of the operators' resources that the charts use, as their documents name them.

Kubernetes publishes schemas of its own kinds only. Sources, read for the versions named: RabbitMQ cluster operator 2.x
and messaging topology operator 1.x (`rabbitmq.com/v1beta1`), CloudNativePG 1.26 to 1.31 (`postgresql.cnpg.io/v1`; the
last takes no `backup.barmanObjectStore` any more) with its Barman Cloud plugin (`barmancloud.cnpg.io/v1`), KEDA 2.16
and later (`keda.sh/v1alpha1`), Prometheus operator 0.80 and later (`monitoring.coreos.com/v1`).
"""

from __future__ import annotations

from typing import Any

ANY = None
"""Whatever stands here is not looked into."""

_REFERENCE = {"name": ANY}
_STORE = {"barmanObjectName": ANY, "serverName": ANY}
_RESOURCES = {"requests": {"cpu": ANY, "memory": ANY}, "limits": {"cpu": ANY, "memory": ANY}}

_RABBITMQ_TRIGGER = ("protocol", "vhostName", "mode", "value", "queueName", "useRegex", "operation")

Fields = dict[str, Any]

SPECS: dict[tuple[str, str], Fields] = {
    ("rabbitmq.com/v1beta1", "RabbitmqCluster"): {
        "replicas": ANY,
        "image": ANY,
        "persistence": {"storage": ANY, "storageClassName": ANY},
        "resources": _RESOURCES,
        "terminationGracePeriodSeconds": ANY,
        "tls": {"secretName": ANY},
        "rabbitmq": {"additionalConfig": ANY, "additionalPlugins": ANY},
        "affinity": {"podAntiAffinity": ANY},
    },
    ("rabbitmq.com/v1beta1", "Vhost"): {"name": ANY, "defaultQueueType": ANY, "rabbitmqClusterReference": _REFERENCE},
    ("rabbitmq.com/v1beta1", "Policy"): {
        "name": ANY,
        "vhost": ANY,
        "pattern": ANY,
        "applyTo": ANY,
        "priority": ANY,
        "definition": ANY,
        "rabbitmqClusterReference": _REFERENCE,
    },
    ("rabbitmq.com/v1beta1", "User"): {
        "tags": ANY,
        "rabbitmqClusterReference": _REFERENCE,
        "importCredentialsSecret": _REFERENCE,
    },
    ("rabbitmq.com/v1beta1", "Permission"): {
        "vhost": ANY,
        "userReference": _REFERENCE,
        "permissions": {"configure": ANY, "write": ANY, "read": ANY},
        "rabbitmqClusterReference": _REFERENCE,
    },
    ("postgresql.cnpg.io/v1", "Cluster"): {
        "instances": ANY,
        "imageName": ANY,
        "primaryUpdateStrategy": ANY,
        "storage": {"size": ANY, "storageClass": ANY},
        "resources": _RESOURCES,
        "affinity": {"enablePodAntiAffinity": ANY, "topologyKey": ANY, "podAntiAffinityType": ANY},
        "postgresql": {"parameters": ANY, "synchronous": {"method": ANY, "number": ANY, "dataDurability": ANY}},
        "bootstrap": {
            "initdb": {
                "database": ANY,
                "owner": ANY,
                "encoding": ANY,
                "localeCollate": ANY,
                "localeCType": ANY,
                "secret": _REFERENCE,
            },
            "recovery": {"source": ANY, "recoveryTarget": {"targetTime": ANY}},
        },
        "externalClusters": [{"name": ANY, "plugin": {"name": ANY, "parameters": _STORE}}],
        "managed": {
            "roles": [
                {
                    "name": ANY,
                    "ensure": ANY,
                    "login": ANY,
                    "superuser": ANY,
                    "createdb": ANY,
                    "createrole": ANY,
                    "passwordSecret": _REFERENCE,
                }
            ]
        },
        "plugins": [{"name": ANY, "isWALArchiver": ANY, "parameters": _STORE}],
    },
    ("barmancloud.cnpg.io/v1", "ObjectStore"): {
        "retentionPolicy": ANY,
        "configuration": {
            "destinationPath": ANY,
            "endpointURL": ANY,
            "s3Credentials": {
                "accessKeyId": {"name": ANY, "key": ANY},
                "secretAccessKey": {"name": ANY, "key": ANY},
            },
            "wal": {"compression": ANY},
            "data": {"compression": ANY},
        },
    },
    ("postgresql.cnpg.io/v1", "Database"): {
        "name": ANY,
        "owner": ANY,
        "ensure": ANY,
        "cluster": _REFERENCE,
        "databaseReclaimPolicy": ANY,
    },
    ("postgresql.cnpg.io/v1", "ScheduledBackup"): {
        "schedule": ANY,
        "backupOwnerReference": ANY,
        "cluster": _REFERENCE,
        "method": ANY,
        "pluginConfiguration": {"name": ANY},
    },
    ("keda.sh/v1alpha1", "ScaledObject"): {
        "scaleTargetRef": _REFERENCE,
        "minReplicaCount": ANY,
        "maxReplicaCount": ANY,
        "pollingInterval": ANY,
        "cooldownPeriod": ANY,
        "fallback": {"failureThreshold": ANY, "replicas": ANY},
        "triggers": [
            {
                "type": ANY,
                "metricType": ANY,
                "metadata": dict.fromkeys(_RABBITMQ_TRIGGER),
                "authenticationRef": _REFERENCE,
            }
        ],
    },
    ("keda.sh/v1alpha1", "TriggerAuthentication"): {
        "secretTargetRef": [{"parameter": ANY, "name": ANY, "key": ANY}],
    },
    ("monitoring.coreos.com/v1", "ServiceMonitor"): {
        "selector": {"matchLabels": ANY},
        "jobLabel": ANY,
        "endpoints": [{"port": ANY, "path": ANY, "interval": ANY, "scrapeTimeout": ANY, "honorLabels": ANY}],
    },
    ("monitoring.coreos.com/v1", "PodMonitor"): {
        "selector": {"matchLabels": ANY},
        "jobLabel": ANY,
        "podMetricsEndpoints": [{"port": ANY, "path": ANY, "params": ANY, "interval": ANY, "scrapeTimeout": ANY}],
    },
    ("monitoring.coreos.com/v1", "PrometheusRule"): {
        "groups": [
            {
                "name": ANY,
                "rules": [{"alert": ANY, "expr": ANY, "for": ANY, "labels": ANY, "annotations": ANY}],
            }
        ]
    },
}


def unknown_fields(given: Any, known: Any, place: str = "spec") -> list[str]:
    """Return the places of fields that the note above does not know."""
    if known is ANY:
        return []
    if isinstance(known, list):
        return [found for item in given for found in unknown_fields(item, known[0], f"{place}[]")]
    strange = [f"{place}.{name}" for name in given if name not in known]
    for name in given.keys() & known.keys():
        strange += unknown_fields(given[name], known[name], f"{place}.{name}")
    return strange
