"""Measures conditions on records beside other CEL implementations and Swift by hand."""

import json
import pathlib
import statistics
import subprocess
import sys
import tempfile

from goals import Goal

HERE = pathlib.Path(__file__).resolve().parent
REFERENCE, RUST = "cel-expr-python", "common-expression-language"


def conditions(binaries, short, python):
    """Evaluations a second of ten conditions: this CEL, Swift by hand, and two other CEL implementations."""
    records, runs, rounds = (10_000, 3, 1) if short else (100_000, 3, 3)
    samples = []
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(rounds):
            own = json.loads(
                subprocess.check_output([binaries / "cel-benchmark", str(records), str(runs), folder])
            )
            peers = json.loads(subprocess.check_output([python, HERE / "condition_peers.py", folder, "1"]))
            samples.append((own, peers))
    rows = []
    for name in samples[0][0]:
        for own, peers in samples:
            counts = {own[name]["true"]} | {peer[name]["true"] for peer in peers.values()}
            if len(counts) != 1:
                sys.exit(f"bench: the implementations differ on {name}: {counts}")
        reference, rust = (
            [peers[peer][name]["evaluationsPerSecond"] for _, peers in samples] for peer in (REFERENCE, RUST)
        )
        cel = [own[name]["cel"] for own, _ in samples]
        swift = [own[name]["swift"] for own, _ in samples]
        faster_peer = [max(pair) for pair in zip(reference, rust, strict=True)]
        rows.append(
            {
                "condition": name,
                "cel": statistics.median(cel),
                "swift": statistics.median(swift),
                REFERENCE: statistics.median(reference),
                RUST: statistics.median(rust),
                "timesFasterThanPeers": statistics.median(a / b for a, b in zip(cel, faster_peer, strict=True)),
                "timesSlowerThanSwift": statistics.median(a / b for a, b in zip(swift, cel, strict=True)),
            }
        )
    harness = {
        peer: statistics.median(peers[peer]["harness"]["evaluationsPerSecond"] for _, peers in samples)
        for peer in samples[0][1]
    }
    return {"records": records, "rounds": rounds, "rows": rows, "harness": harness}


def show_conditions(result):
    print(
        f"Conditions over {result['records']:,} records, millions of evaluations a second; medians of"
        f" {result['rounds']}")
    print(
        f"{'condition':16}{'CEL':>8}{'Swift':>9}{'C++ (Python)':>14}{'Rust (Python)':>15}{'x peers':>9}"
        f"{'Swift/CEL':>11}")
    for row in result["rows"]:
        print(
            f"{row['condition']:16}{row['cel'] / 1e6:8.2f}{row['swift'] / 1e6:9.2f}"
            f"{row[REFERENCE] / 1e6:14.3f}{row[RUST] / 1e6:15.3f}"
            f"{row['timesFasterThanPeers']:9.1f}{row['timesSlowerThanSwift']:11.1f}"
        )
    harness = ", ".join(f"{peer} {rate / 1e6:.3f}" for peer, rate in result["harness"].items())
    print(f"The harness alone (the condition `true`): {harness}\n")


def condition_goals(result):
    slowest = min(result["rows"], key=lambda row: row["timesFasterThanPeers"])
    farthest = max(result["rows"], key=lambda row: row["timesSlowerThanSwift"])
    yield Goal(
        f"condition {slowest['condition']}, speed / faster peer's", slowest["timesFasterThanPeers"], 20, is_floor=True)
    yield Goal(f"condition {farthest['condition']}, time / Swift's by hand", farthest["timesSlowerThanSwift"], 3)
