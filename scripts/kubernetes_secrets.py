"""Prints every Secret that the charts refer to, with new values: for `kubectl apply`, or for a tool that seals secrets.

`python3 scripts/kubernetes_secrets.py --namespace gonghui campus-card | kubectl apply --filename -`; each further
argument is an outside system that subscribes. Run it once: with new values the union could not read its data. Create
the TLS certificate and the credentials of the backup's store yourself. Standard library only.
"""

from __future__ import annotations

import argparse
import base64
import json
import secrets
from typing import Any

# The operators use a changed password only in Secrets with these labels; RabbitMQ's accepts no other Secret.
WATCHED = {"broker": "rabbitmq.com/topology-operator", "database": "cnpg.io/reload"}
SERVICES = ("membership", "activities", "welfare", "governance", "scrutiny", "gateway")


def manifests(namespace: str, subscribers: list[str], management: str | None = None) -> list[dict[str, Any]]:
    """Return the Secrets of one installation; `management` is where the broker's API answers, if not the platform's."""
    keys = {f"{name}-key": secrets.token_urlsafe(32) for name in ("hash", "signing", "secret")}
    found = [_secret("gonghui-keys", {"encryption-keys": _fernet_key(), **keys})]
    found.append(_secret("gonghui-scrutiny-keys", {"scrutiny-keys": _fernet_key()}))
    found += [_secret(f"database-{name}", _account(name), "kubernetes.io/basic-auth") for name in SERVICES]
    found += [_secret(f"broker-{name}", _account(name)) for name in (*SERVICES, "tools", *subscribers)]
    keda = _account("keda")
    scheme, _, address = (management or f"http://gonghui-broker.{namespace}.svc:15672").partition("://")
    host = f"{scheme}://keda:{keda['password']}@{address.rstrip('/')}/"
    found.append(_secret("broker-keda", {**keda, "host": host}))
    return [{**one, "metadata": {**one["metadata"], "namespace": namespace}} for one in found]


def _fernet_key() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


def _account(name: str) -> dict[str, str]:
    # Hexadecimal, because the password is part of a URL.
    return {"username": name, "password": secrets.token_hex(24)}


def _secret(name: str, values: dict[str, str], kind: str = "Opaque") -> dict[str, Any]:
    watched = {label: "true" for kind_of, label in WATCHED.items() if name.startswith(f"{kind_of}-")}
    return {
        "apiVersion": "v1",
        "kind": "Secret",
        "metadata": {"name": name, "labels": {"app.kubernetes.io/part-of": "gonghui"} | watched},
        "type": kind,
        "stringData": values,
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Print the Secrets of one installation as a Kubernetes list.")
    parser.add_argument("--namespace", default="gonghui")
    parser.add_argument("--management", metavar="URL", help="of somebody else's broker: https://rabbitmq.example:15671")
    parser.add_argument("subscribers", nargs="*")
    given = parser.parse_args()
    items = manifests(given.namespace, given.subscribers, given.management)
    print(json.dumps({"apiVersion": "v1", "kind": "List", "items": items}, indent=1))
