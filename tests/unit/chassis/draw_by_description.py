"""A verifier written from docs/draw.md alone: it imports nothing of the product. Reads a file, prints its results."""

import hashlib
import hmac
import json
import sys


def mac(key, message):
    return hmac.new(key, message.encode(), hashlib.sha256)


def main(path):
    with open(path, encoding="utf-8") as source:
        told = json.load(source)
    lines = []
    for offer in told["offers"]:
        lines.append(f"offer {offer['id']} {offer['places']}")
        lines += [f"quota {offer['id']} {group} {most}" for group, most in offer["quotas"].items()]
    for e in told["entries"]:
        parts = ["entry", e["id"], e["group"], e["weight"], e["persons"], *e["choices"]]
        lines.append(" ".join(str(part) for part in parts))
    text = "".join(line + "\n" for line in sorted(lines))
    digest = hashlib.sha256(text.encode()).hexdigest()
    assert digest == told["entries_sha256"], "entries"

    secret = bytes.fromhex(told["drawn"]["secret"])
    assert hashlib.sha256(secret).hexdigest() == told["commitment"]["seed_sha256"], "secret"
    seed = mac(secret, told["drawn"]["public_value"] + "\n" + digest).digest()

    lots = []
    for entry in told["entries"]:
        numbers = [mac(seed, f"{entry['id']}:{k}").hexdigest() for k in range(1, entry["weight"] + 1)]
        lots.append((min(numbers), entry))
    lots.sort(key=lambda lot: lot[0])
    left = {offer["id"]: offer["places"] for offer in told["offers"]}
    quota = {(offer["id"], group): most for offer in told["offers"] for group, most in offer["quotas"].items()}
    results = []
    for number, entry in lots:
        got = None
        for choice in entry["choices"]:
            key = (choice, entry["group"])
            if left[choice] >= entry["persons"] and (key not in quota or quota[key] >= entry["persons"]):
                left[choice] -= entry["persons"]
                if key in quota:
                    quota[key] -= entry["persons"]
                got = choice
                break
        results.append({"id": entry["id"], "lot": number, "offer": got})
    json.dump(results, sys.stdout)


main(sys.argv[1])
