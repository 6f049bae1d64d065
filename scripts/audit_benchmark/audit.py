"""Measures the audit of a snapshot file beside programs that answer less about the same tokens."""

import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
PEERS = ["duckdb==2.0.0", "orjson==3.13.0"]


def audit(binaries, short, python, questions, run):
    """`run(command)` gives wall-clock seconds, CPU seconds, peak memory in MiB; `questions` may be missing."""
    sizes, rounds = ([10_000, 50_000], 3) if short else ([10_000, 100_000, 1_000_000], 5)
    result = {"rounds": rounds, "rows": []}
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for size in sizes:
            data = folder / str(size)
            data.mkdir()
            subprocess.run([binaries / "benchmark-organization", str(size), data], check=True)
            own = [
                binaries / "tokenreeve", "audit", "--snapshot", data / "snapshot.jsonl", "--policy", "extended",
                "--at", "2026-11-21T00:00:00Z", "--report", "text", "--quiet",
            ]
            check_jobs(own)
            commands = {"own": own, "orjson": [python, HERE / "peers.py", "orjson", data / "tokens.jsonl"]}
            if questions.exists():
                commands["duckdb"] = [python, HERE / "peers.py", "duckdb", data / "tokens.jsonl", questions]
            samples = {name: [] for name in commands}
            for _ in range(rounds + 1):
                for name, command in commands.items():
                    samples[name].append(run(command))
            row = {"tokens": size, "bytes": (data / "snapshot.jsonl").stat().st_size}
            for name, values in samples.items():
                values = values[1:]  # the first one warms up
                row[name] = {
                    "seconds": statistics.median(v[0] for v in values),
                    "cpuSeconds": statistics.median(v[1] for v in values),
                    "peakMiB": max(v[2] for v in values),
                }
                if name != "own":
                    pairs = list(zip(samples["own"][1:], values))
                    row[name]["ratio"] = statistics.median(o[0] / p[0] for o, p in pairs)
                    row[name]["cpuRatio"] = statistics.median(o[1] / p[1] for o, p in pairs)
            row["perRecord"] = row["own"]["cpuSeconds"] / size
            result["rows"].append(row)
            shutil.rmtree(data)
        first, last = result["rows"][0], result["rows"][-1]
        result["linearity"] = last["perRecord"] / first["perRecord"]
        result["bytesPerToken"] = (
            (last["own"]["peakMiB"] - first["own"]["peakMiB"]) * 1024 * 1024 / (last["tokens"] - first["tokens"])
        )
        result["startup"] = startup(binaries, folder, 10 if short else 40, run)
    return result


def check_jobs(own):
    """The report does not depend on the number of jobs."""
    reports = {
        subprocess.run([*own, "--jobs", jobs], stdout=subprocess.PIPE, check=False).stdout for jobs in ("1", "2", "5")
    }
    if len(reports) != 1 or not reports.pop():
        sys.exit("bench: the report depends on --jobs")


def startup(binaries, folder, rounds, run):
    """An audit of 200 tokens beside a C program that links the same libraries and prints a line."""
    subprocess.run([binaries / "benchmark-organization", "200", folder], check=True)
    own = [
        binaries / "tokenreeve", "audit", "--snapshot", folder / "snapshot.jsonl", "--at", "2026-11-21T00:00:00Z",
        "--report", "text", "--quiet",
    ]
    program = folder / "startup"
    flags = subprocess.check_output(["pkg-config", "--cflags", "--libs", "libcurl", "libxml-2.0"], text=True).split()
    subprocess.run(["cc", "-O2", "-o", program, HERE / "startup.c", "-Wl,--no-as-needed", *flags, "-lre2"], check=True)
    samples = [(run(own), run([program])) for _ in range(rounds + 1)][1:]
    return {
        "milliseconds": statistics.median(o[0] for o, _ in samples) * 1000,
        "cMilliseconds": statistics.median(c[0] for _, c in samples) * 1000,
        "ratio": statistics.median(o[0] / c[0] for o, c in samples),
        "instructions": instructions(own, folder),
    }


def instructions(command, folder):
    """Instructions of the process in user mode, counted by valgrind; nil where there is none."""
    if not shutil.which("valgrind"):
        return None
    text = subprocess.run(
        ["valgrind", "--tool=cachegrind", "--cache-sim=no", f"--cachegrind-out-file={folder}/counts", *command],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    ).stderr
    for line in text.splitlines():
        if "I refs:" in line or "I   refs:" in line or "I\xa0 refs:" in line:
            return int(line.split(":")[1].strip().replace(",", ""))
    return None


def show_audit(result):
    print(f"Audit of a snapshot by `extended`, text report, median of {result['rounds']}")
    print(f"{'tokens':>10}{'seconds':>9}{'CPU s':>8}{'MiB':>7}{'ns CPU/token':>14}{'x DuckDB':>10}{'(CPU)':>8}"
          f"{'goal':>6}{'x Python+orjson':>17}")
    for row in result["rows"]:
        duckdb = row.get("duckdb")
        ratios = f"{duckdb['ratio']:10.2f}{duckdb['cpuRatio']:8.2f}" if duckdb else f"{'–':>10}{'–':>8}"
        print(
            f"{row['tokens']:10,}{row['own']['seconds']:9.2f}{row['own']['cpuSeconds']:8.2f}"
            f"{row['own']['peakMiB']:7.0f}{row['perRecord'] * 1e9:14.0f}{ratios}{0.5:6.2f}{row['orjson']['ratio']:17.2f}"
        )
    if "duckdb" not in result["rows"][0]:
        print("Without the questions (SHARED_FOLDER) DuckDB is left out.")
    peak = result["rows"][-1]["own"]["peakMiB"]
    print(f"CPU time per token, largest to smallest: {result['linearity']:.2f} (goal: at most 1.15)")
    print(f"Memory: peak {peak:.0f} MiB (goal for a million: 250), {result['bytesPerToken']:.0f} bytes a token (goal: 150)")
    start = result["startup"]
    print(
        f"200 tokens: {start['milliseconds']:.1f} ms (goal: 15), {start['ratio']:.1f} times a C program with the same "
        f"libraries (goal: 2), {start['instructions'] or 0:,} instructions\n"
    )
