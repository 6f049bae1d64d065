"""Measures the audit of a snapshot file beside programs that answer nine questions about the same tokens."""

import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile

from goals import Goal
from instructions import instructions
from measuring import bytes_each, compile_c, figures, median_ratio, megabytes, run

HERE = pathlib.Path(__file__).resolve().parent
# The day that the questions name.
AT = "2026-11-21T00:00:00Z"
# An audit that finds something ends with 1, or with 3.
VERDICTS = (0, 1, 3)


def audit(binaries, short, python, questions):
    """`questions` are those that DuckDB is asked; it is left out when the file is missing."""
    sizes, rounds, slow_limit = (
        ([10_000, 50_000], 3, 10_000) if short else ([10_000, 100_000, 1_000_000], 5, 100_000)
    )
    result = {"rounds": rounds, "rows": []}
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for size in sizes:
            data = folder / str(size)
            data.mkdir()
            subprocess.run([binaries / "benchmark-organization", str(size), data], check=True)
            own = audit_command(binaries, data / "snapshot.jsonl", "extended")
            check_jobs(own)
            peers = peer_commands(python, data / "tokens.jsonl", questions, with_slow=size <= slow_limit)
            row = {"tokens": size, **compare(own, peers, rounds)}
            row["cpuSecondsPerToken"] = row["own"]["cpuSeconds"] / size
            result["rows"].append(row)
            shutil.rmtree(data)
        first, last = result["rows"][0], result["rows"][-1]
        result["linearity"] = last["cpuSecondsPerToken"] / first["cpuSecondsPerToken"]
        result["bytesPerToken"] = bytes_each(*((row["tokens"], row["own"]["peakBytes"]) for row in (first, last)))
        result["startup"] = startup(binaries, folder, 10 if short else 40)
    return result


def audit_command(binaries, snapshot, policy, *options):
    return [
        binaries / "tokenreeve", "audit", "--snapshot", snapshot, "--policy", policy, "--at", AT, "--report", "text",
        "--quiet", *options,
    ]


def peer_commands(python, tokens, questions, with_slow):
    """How each other program is asked the questions; each prints nine counts."""
    peers = {"Python with orjson": [python, HERE / "audit_peers.py", "orjson", tokens]}
    if questions.exists():
        peers["DuckDB"] = [python, HERE / "audit_peers.py", "duckdb", tokens, questions]
    if with_slow:
        peers["jq"] = ["jq", "-n", "-r", "-f", HERE / "questions.jq", tokens]
        peers["regorus"] = [python, HERE / "audit_peers.py", "regorus", tokens, HERE / "questions.rego"]
    return peers


def compare(own, peers, rounds):
    """The figures of the audit and, beside each other program's, the ratio of the times that both take."""
    samples = {"own": [], **{peer: [] for peer in peers}}
    for _ in range(rounds + 1):
        samples["own"].append(run(own, accepting=VERDICTS))
        for peer, command in peers.items():
            samples[peer].append(run(command))
    answers = {peer: {sample.output.strip() for sample in samples[peer]} for peer in peers}
    if len(set.union(*answers.values())) != 1:
        sys.exit(f"bench: the programs count differently: {answers}")
    samples = {name: values[1:] for name, values in samples.items()}  # the first one warms up
    row = {"answers": answers.popitem()[1].pop(), "own": figures(samples["own"]), "peers": {}}
    for peer in peers:
        row["peers"][peer] = {
            **figures(samples[peer]),
            "ratio": median_ratio(lambda m: m.seconds, samples["own"], samples[peer]),
            "cpuRatio": median_ratio(lambda m: m.cpu_seconds, samples["own"], samples[peer]),
        }
    return row


def check_jobs(own):
    """The report does not depend on the number of jobs."""
    reports = {run([*own, "--jobs", jobs], accepting=VERDICTS).output for jobs in ("1", "2", "5")}
    if len(reports) != 1 or not reports.pop():
        sys.exit("bench: the report depends on --jobs")


def startup(binaries, folder, rounds):
    """An audit of 200 tokens beside a C program that links the same libraries and prints a line."""
    subprocess.run([binaries / "benchmark-organization", "200", folder], check=True)
    snapshot = folder / "snapshot.jsonl"
    own = audit_command(binaries, snapshot, "baseline")
    program = [compile_c(HERE / "startup.c", folder / "startup", "libcurl", "libxml-2.0", "re2")]
    samples = [(run(own, accepting=VERDICTS), run(program)) for _ in range(rounds + 1)][1:]
    ours, theirs = zip(*samples, strict=True)
    return {
        "milliseconds": statistics.median(m.seconds for m in ours) * 1000,
        "cMilliseconds": statistics.median(m.seconds for m in theirs) * 1000,
        "ratio": median_ratio(lambda m: m.seconds, ours, theirs),
        "instructions": {
            policy: instructions(audit_command(binaries, snapshot, policy, "--jobs", "1"), folder)
            for policy in ("baseline", "extended")
        },
    }


def show_audit(result):
    print(
        "Audit of a snapshot by `extended`, text report; nine questions asked of other programs;"
        f" medians of {result['rounds']}")
    print(
        f"{'tokens':>10}  {'program':20}{'seconds':>9}{'CPU s':>8}{'MB':>7}{'tokens/s':>12}{'speed of audit / its':>22}"
        f"{'(CPU)':>8}")
    for row in result["rows"]:
        programs = [("tokenreeve", row["own"]), *row["peers"].items()]
        for name, figure in programs:
            ratios = f"{1 / figure['ratio']:22.2f}{1 / figure['cpuRatio']:8.2f}" if "ratio" in figure else ""
            print(
                f"{row['tokens']:10,}  {name:20}{figure['seconds']:9.2f}{figure['cpuSeconds']:8.2f}"
                f"{megabytes(figure['peakBytes']):>7}{row['tokens'] / figure['seconds']:12,.0f}{ratios}")
    if "DuckDB" not in result["rows"][0]["peers"]:
        print("Without the file of its questions, perf/questions.sql in SHARED_FOLDER, DuckDB is left out.")
    start = result["startup"]
    counts = ", ".join(
        f"{count:,} by `{policy}`" if count else "not counted without valgrind"
        for policy, count in start["instructions"].items())
    print(f"200 tokens by `baseline`: {start['milliseconds']:.1f} ms; the C program: {start['cMilliseconds']:.1f} ms")
    print(f"Instructions for 200 tokens with one job: {counts}\n")


def audit_goals(result):
    first, last = result["rows"][0], result["rows"][-1]
    start = result["startup"]
    size = f"{last['tokens']:,} tokens"
    if "DuckDB" in last["peers"]:
        yield Goal(f"audit of {size}, time / DuckDB's", last["peers"]["DuckDB"]["ratio"], 0.5)
    yield Goal(f"audit of {size}, peak memory", last["own"]["peakBytes"] / 1e6, 250, "MB")
    yield Goal(f"audit, CPU time a token, {last['tokens']:,} / {first['tokens']:,}", result["linearity"], 1.15)
    yield Goal(f"audit, memory from {first['tokens']:,} to {size}", result["bytesPerToken"], 150, "bytes a token")
    yield Goal("audit of 200 tokens", start["milliseconds"], 15, "ms")
    yield Goal("audit of 200 tokens, time / C program's with the same libraries", start["ratio"], 2)
