"""Measures collecting from a sandbox beside a plain libcurl loop in C that downloads the same pages."""

import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

from goals import Goal
from measuring import bytes_each, compile_c, figures, median_ratio, run

HERE = pathlib.Path(__file__).resolve().parent
# A policy with one rule, which is asked of a handful of keys: an audit by it does little more than read the snapshot.
READING_POLICY = "rules:\n  key-unscoped:\n"


class Sandbox:
    """A sandbox organization that is served while the block runs."""

    def __init__(self, binaries, tokens, latency):
        self.arguments = [binaries / "tokenreeve", "sandbox", "--port", "0", "--tokens", str(tokens)]
        self.arguments += ["--latency", str(latency)] if latency else []

    def __enter__(self):
        self.process = subprocess.Popen(self.arguments, stdout=subprocess.PIPE, text=True)
        for line in self.process.stdout:
            if "served at " in line:
                self.url = line.split("served at ")[1].strip()
            if line.startswith("organization: "):
                self.organization = line.split()[1]
            if "Ctrl-C" in line:
                return self
        sys.exit("bench: the sandbox did not start")

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()

    @property
    def environment(self):
        return {
            "PATH": os.environ["PATH"],
            "ATLASSIAN_ORG_ID": self.organization,
            "ATLASSIAN_ADMIN_API_KEY": "sandbox-key-all-lists",
        }


class Commands:
    """How to collect, to download the same pages, and to read the snapshot that comes of it."""

    def __init__(self, binaries, folder, download, sandbox):
        snapshot, policy = folder / "snapshot.jsonl", folder / "reading.yaml"
        policy.write_text(READING_POLICY)
        self.collect = [
            binaries / "tokenreeve", "collect", "--quiet", "--output", snapshot, "--api-base", sandbox.url,
        ]
        self.download = [download, sandbox.url, sandbox.organization]
        self.read = [
            binaries / "tokenreeve", "audit", "--quiet", "--snapshot", snapshot, "--policy", policy, "--max-age",
            "9000d", "--report", f"text={folder}/reading.txt",
        ]


def collection(binaries, short):
    tokens, rounds, most_tokens, most_rounds = (5_000, 1, 50_000, 1) if short else (50_000, 5, 1_000_000, 3)
    rows = []
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        download = compile_c(HERE / "download.c", folder / "download", "libcurl")
        for latency in (0, 20, 100):
            with Sandbox(binaries, tokens, latency) as sandbox:
                rows.append(at_latency(latency, tokens, rounds, Commands(binaries, folder, download, sandbox), sandbox))
        with Sandbox(binaries, most_tokens, 0) as sandbox:
            largest = at_size(most_tokens, most_rounds, Commands(binaries, folder, download, sandbox), sandbox)
    small = (tokens, rows[0]["collect"]["peakBytes"])
    return {
        "tokens": tokens, "rounds": rounds, "rows": rows, "largest": largest,
        "bytesPerToken": bytes_each(small, (most_tokens, largest["collect"]["peakBytes"])),
    }


def at_latency(latency, tokens, rounds, commands, sandbox):
    samples = []
    for _ in range(rounds + 1):
        samples.append((run(commands.collect, sandbox.environment), run(commands.download, sandbox.environment)))
    own, plain = zip(*samples[1:], strict=True)  # the first one warms up
    pages = -(-tokens // 1000)
    return {
        "latency": latency, "pages": pages, "collect": figures(own), "plain": figures(plain),
        "ratio": median_ratio(lambda m: m.seconds, own, plain),
        "cpuRatio": median_ratio(lambda m: m.cpu_seconds, own, plain), "bound": pages * latency / 1000,
    }


def at_size(tokens, rounds, commands, sandbox):
    """The CPU time beside that of the plain loop and of reading the snapshot."""
    samples = []
    for _ in range(rounds):
        samples.append(
            (
                run(commands.collect, sandbox.environment), run(commands.download, sandbox.environment),
                run(commands.read, sandbox.environment, accepting=(0, 1, 3)),
            )
        )
    own, plain, read = zip(*samples, strict=True)
    return {
        "tokens": tokens, "rounds": rounds, "collect": figures(own), "plain": figures(plain), "read": figures(read),
        "cpuRatio": statistics.median(
            o.cpu_seconds / (1.5 * p.cpu_seconds + r.cpu_seconds) for o, p, r in samples),
    }


def show_collection(result):
    print(f"Collecting {result['tokens']:,} tokens beside a plain libcurl loop; medians of {result['rounds']}")
    print(f"{'latency':>8}{'pages':>7}{'collect s':>11}{'plain s':>9}{'ratio':>7}{'(CPU)':>7}{'pages x latency s':>19}")
    for row in result["rows"]:
        print(
            f"{row['latency']:5} ms{row['pages']:7}{row['collect']['seconds']:11.2f}{row['plain']['seconds']:9.2f}"
            f"{row['ratio']:7.2f}{row['cpuRatio']:7.2f}{row['bound']:19.2f}"
        )
    largest = result["largest"]
    print(
        f"{largest['tokens']:,} tokens: {largest['collect']['seconds']:.1f} s; CPU seconds: collect"
        f" {largest['collect']['cpuSeconds']:.2f}, plain {largest['plain']['cpuSeconds']:.2f}, reading the snapshot"
        f" {largest['read']['cpuSeconds']:.2f}\n"
    )


def collection_goals(result):
    for row in result["rows"]:
        yield Goal(
            f"collect at {row['latency']} ms latency, time / plain loop's", row["ratio"], 1.05 if row["latency"] else 2)
    largest = result["largest"]
    size = f"{largest['tokens']:,} tokens"
    yield Goal(f"collect {size}, CPU time / (1.5 x plain loop's + reading)", largest["cpuRatio"], 1)
    yield Goal(f"collect {size}, peak memory", largest["collect"]["peakBytes"] / 1e6, 100, "MB")
    yield Goal(f"collect, memory from {result['tokens']:,} to {size}", result["bytesPerToken"], 32, "bytes a token")
