"""Counts the instructions of a small audit, so that a regression shows without a clock."""

import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent

# With hashes seeded alike in each run and one job, two runs differ by less than one in a thousand.
ENVIRONMENT = {"SWIFT_DETERMINISTIC_HASHING": "1"}


def instructions(command, folder):
    """Instructions in user mode; none where there is no valgrind, as on a Mac."""
    if sys.platform != "linux":
        return None
    # Valgrind before 3.20 gives up on the debug information that Swift's compiler writes.
    program = folder / "without-debug-information"
    subprocess.run(["strip", "-o", program, command[0]], check=True)
    library = folder / "sigsuspend.so"
    subprocess.run(["cc", "-O2", "-shared", "-fPIC", "-o", library, HERE / "sigsuspend.c"], check=True)
    result = subprocess.run(
        [
            "valgrind", "--tool=cachegrind", "--cache-sim=no", f"--cachegrind-out-file={folder}/counts", program,
            *command[1:],
        ],
        env={"PATH": "/usr/bin:/bin", "LD_PRELOAD": str(library), **ENVIRONMENT},
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    counted = re.search(r"I\s+refs:\s+([\d,]+)", result.stderr)
    if not counted:
        sys.exit(f"bench: valgrind did not count the instructions:\n{result.stderr}")
    return int(counted.group(1).replace(",", ""))
