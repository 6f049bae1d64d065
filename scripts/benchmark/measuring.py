"""Running programs and measuring them."""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from typing import NamedTuple


class Measurement(NamedTuple):
    """One run of a program. Of its peak memory no less can be told than that of the process that starts it."""

    seconds: float
    cpu_seconds: float
    peak_bytes: int
    output: str


# What getrusage(2) counts the peak in.
PEAK_UNIT = 1 if sys.platform == "darwin" else 1024


def run(command, environment=None, accepting=(0,)):
    """Runs a command to an accepted exit code."""
    with tempfile.TemporaryFile() as output:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, env=environment or {"PATH": os.environ["PATH"]}, stdout=output, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in accepting:
            sys.exit(f"bench: {' '.join(map(str, command))} ended with {process.returncode}")
        output.seek(0)
        text = output.read().decode()
    return Measurement(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * PEAK_UNIT, text)


def figures(measurements):
    """Medians, and the greatest peak."""
    return {
        "seconds": statistics.median(m.seconds for m in measurements),
        "cpuSeconds": statistics.median(m.cpu_seconds for m in measurements),
        "peakBytes": max(m.peak_bytes for m in measurements),
    }


def median_ratio(measure, ours, theirs):
    """The median of the ratios of runs that followed each other."""
    return statistics.median(measure(a) / measure(b) for a, b in zip(ours, theirs, strict=True))


def bytes_each(small, large):
    """By how much memory grows with each record, from (records, bytes) to (records, bytes)."""
    return (large[1] - small[1]) / (large[0] - small[0])


def megabytes(peak_bytes):
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * PEAK_UNIT
    return f"{'<' if peak_bytes <= own else ''}{peak_bytes / 1e6:.0f}"


def compile_c(source, program, *libraries):
    """Compiles one file of C with libraries that pkg-config knows; gives the program."""
    flags = subprocess.check_output(["pkg-config", "--cflags", "--libs", *libraries], text=True).split()
    # What a program links but does not call has to be loaded all the same.
    keep = ["-Wl,--no-as-needed"] if sys.platform == "linux" else []
    subprocess.run(["cc", "-O2", "-o", program, source, *keep, *flags], check=True)
    return program
