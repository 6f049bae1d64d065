#!/usr/bin/env python3
"""Writes snapshot files whose reports are hard to read well.

Usage: report_snapshots.py FOLDER HOSTILE_JSON

- empty.jsonl: an organization without tokens, keys and policies.
- hostile.jsonl: tokens whose labels, owners and ids are hostile texts.
- many.jsonl: 20,000 tokens, each with a finding.
- refused.jsonl: the keys' list was refused.
"""

import json
import pathlib
import sys

CREATED = "2026-05-01T00:00:00.000Z"
LISTS = ["api-tokens", "api-keys", "policies"]


def token(number, label, name, scopes=("read:jira-work",), expires=None, identifier=None):
    record = {
        "id": identifier or str(10_000_000 + number), "label": label, "status": "ALLOWED", "createdAt": CREATED,
        "lastActiveAt": "2026-05-30T00:00:00.000Z", "scopes": list(scopes),
        "user": {"id": f"account-{number % 977}", "name": name, "email": f"user{number % 977}@example.com"},
    }
    if expires:
        record["expiresAt"] = expires
    return record


def write(path, tokens, refused=None):
    counts = {"api-tokens": len(tokens), "api-keys": 0, "policies": 0}
    coverage = {
        name: {"state": "complete", "verified": True, "records": counts[name], "countBefore": counts[name],
               "countAfter": counts[name], "duplicates": 0, "notes": []}
        for name in LISTS
    }
    if refused:
        coverage[refused] = {"state": "unavailable", "reason": "the key may not read it", "records": 0,
                             "countBefore": None, "countAfter": None, "duplicates": 0, "notes": [],
                             "advice": "grant the scope read:keys:admin"}
    with open(path, "w", encoding="utf-8") as file:
        def line(value):
            # ASCII with escapes keeps lone surrogates, which UTF-8 can't hold.
            file.write(json.dumps(value, separators=(",", ":")) + "\n")

        line({"kind": "header", "formatVersion": 1, "organizationId": "4c1632cc-687c-4368-9b72-4e2d2427f77e",
              "collectedAt": "2026-06-01T00:00:00Z", "toolVersion": "0.0.0"})
        for record in tokens:
            line({"kind": "api-token", "record": record})
        line({"kind": "trailer", "counts": counts, "coverage": coverage})


def main():
    folder, hostile = pathlib.Path(sys.argv[1]), json.loads(pathlib.Path(sys.argv[2]).read_text())
    folder.mkdir(parents=True, exist_ok=True)
    good = "2026-07-01T00:00:00.000Z"
    write(folder / "empty.jsonl", [])
    write(folder / "refused.jsonl", [token(1, "in order", "Ada Example", expires=good)], refused="api-keys")
    write(folder / "many.jsonl", [token(n, f"token {n}", "Ada Example", expires=None) for n in range(20_000)])
    tokens = []
    for number, case in enumerate(hostile):
        tokens.append(token(3 * number, case["value"], "Ada Example"))
        tokens.append(token(3 * number + 1, "label", case["value"]))
        if len(case["value"]) in range(1, 300):
            tokens.append(token(3 * number + 2, "label", "Ada Example", identifier=f"{number}-{case['value']}"))
    write(folder / "hostile.jsonl", tokens)


if __name__ == "__main__":
    main()
