"""Measures the writing of reports with their limits lifted; JUnit beside a C program that writes the same document."""

import filecmp
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

from goals import Goal
from measuring import bytes_each, compile_c

HERE = pathlib.Path(__file__).resolve().parent


def reports(binaries, short):
    count, rounds = (100_000, 3) if short else (1_000_000, 5)
    with tempfile.TemporaryDirectory() as path:
        folder = pathlib.Path(path)
        peer = compile_c(HERE / "junit.c", folder / "junit-with-libxml2", "libxml-2.0")
        rows = [report(binaries, name, count, rounds, folder, peer) for name in ("jsonl", "csv", "junit")]
    return {"findings": count, "rounds": rounds, "rows": rows}


def report(binaries, name, count, rounds, folder, peer):
    path, copy = folder / name, folder / "copy"

    def write(findings):
        return json.loads(subprocess.check_output([binaries / "report-benchmark", str(findings), name, path]))

    fewer = write(count // 10)
    samples, peer_samples = [], []
    for _ in range(rounds):
        samples.append(write(count))
        if name == "junit":
            peer_samples.append(tuple(map(float, subprocess.check_output([peer, path, copy]).split())))
            if not filecmp.cmp(path, copy, shallow=False):
                sys.exit("bench: the C program writes another JUnit document")
    growth = statistics.median(sample["growth"] for sample in samples)
    row = {
        "format": name, "bytes": os.path.getsize(path), "growth": growth,
        "seconds": statistics.median(sample["seconds"] for sample in samples),
        "cpuSeconds": statistics.median(sample["cpuSeconds"] for sample in samples),
        "growthPerFinding": bytes_each((count // 10, fewer["growth"]), (count, growth)),
    }
    if name == "junit":
        pairs = list(zip(samples, peer_samples, strict=True))
        row["peerSeconds"], row["peerCPUSeconds"] = map(statistics.median, zip(*peer_samples, strict=True))
        row["speedOfPeer"] = statistics.median(seconds / own["seconds"] for own, (seconds, _) in pairs)
        row["cpuSpeedOfPeer"] = statistics.median(cpu / own["cpuSeconds"] for own, (_, cpu) in pairs)
    path.unlink()
    return row


def show_reports(result):
    print(f"Writing {result['findings']:,} findings; medians of {result['rounds']}")
    print(
        f"{'format':>8}{'MB':>7}{'seconds':>9}{'CPU s':>7}{'MB/s':>6}{'findings/s':>12}{'grows by MB':>13}"
        f"{'libxml2 in C, s':>17}{'CPU s':>7}{'speed / its':>13}{'(CPU)':>7}")
    for row in result["rows"]:
        peer = (
            f"{row['peerSeconds']:17.2f}{row['peerCPUSeconds']:7.2f}{row['speedOfPeer']:13.2f}"
            f"{row['cpuSpeedOfPeer']:7.2f}"
        ) if "peerSeconds" in row else ""
        print(
            f"{row['format']:>8}{row['bytes'] / 1e6:7.0f}{row['seconds']:9.2f}{row['cpuSeconds']:7.2f}"
            f"{row['bytes'] / 1e6 / row['seconds']:6.0f}{result['findings'] / row['seconds']:12,.0f}"
            f"{row['growth'] / 1e6:13.1f}{peer}"
        )
    print()


def report_goals(result):
    for row in result["rows"]:
        name = f"{row['format']} of {result['findings']:,} findings"
        if "speedOfPeer" in row:
            yield Goal(f"{name}, speed / libxml2's in C", row["speedOfPeer"], 0.7, is_floor=True)
        yield Goal(f"{name}, memory it takes", row["growthPerFinding"], 1, "bytes a finding")
