"""Print every Secret the charts refer to, with fresh values: for `kubectl apply`, or for whatever seals secrets.

`python3 scripts/kubernetes_secrets.py --namespace gonghui campus-card | kubectl apply --filename -`; each further
argument is a system outside that listens. Run it once: new values would lock the union out of its data. The TLS
certificate and the credentials of the backup's store are yours to make. Standard library only.
"""

from __future__ import annotations

import argparse
import base64
import json
import secrets
from typing import Any

SERVICES = ("membership", "activities", "welfare", "governance", "gateway")


def manifests(namespace: str, subscribers: list[str]) -> list[dict[str, Any]]:
    """Return the Secrets of one installation."""
    keys = {f"{name}-key": secrets.token_urlsafe(32) for name in ("hash", "signing", "secret")}
    found = [_secret("gonghui-keys", {"encryption-keys": _fernet_key(), **keys})]
    found += [_secret(f"database-{name}", _account(name), "kubernetes.io/basic-auth") for name in SERVICES]
    found += [_secret(f"broker-{name}", _account(name)) for name in (*SERVICES, "tools", *subscribers)]
    keda = _account("keda")
    host = f"http://keda:{keda['password']}@gonghui-broker.{namespace}.svc:15672/"
    found.append(_secret("broker-keda", {**keda, "host": host}))
    return [{**one, "metadata": {**one["metadata"], "namespace": namespace}} for one in found]


def _fernet_key() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


def _account(name: str) -> dict[str, str]:
    # Hexadecimal: the password stands in a URL.
    return {"username": name, "password": secrets.token_hex(24)}


def _secret(name: str, values: dict[str, str], kind: str = "Opaque") -> dict[str, Any]:
    return {
        "apiVersion": "v1",
        "kind": "Secret",
        "metadata": {"name": name, "labels": {"app.kubernetes.io/part-of": "gonghui"}},
        "type": kind,
        "stringData": values,
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Print the Secrets of one installation as a Kubernetes list.")
    parser.add_argument("--namespace", default="gonghui")
    parser.add_argument("subscribers", nargs="*")
    given = parser.parse_args()
    items = manifests(given.namespace, given.subscribers)
    print(json.dumps({"apiVersion": "v1", "kind": "List", "items": items}, indent=1))
