"""The programs from package registries that the product is measured beside."""

import shutil
import subprocess
import sys
import venv

PACKAGES = [
    "cel-expr-python==0.1.3", "common-expression-language==0.10.0", "protobuf", "duckdb==2.0.0", "orjson==3.13.0",
    "opa-eval==0.1.1",
]


def python_with_peers(folder):
    """A virtual environment with the packages, made once in the build folder."""
    python = folder / "bin" / "python"
    mark = folder / "complete"
    if not mark.exists() or mark.read_text() != "\n".join(PACKAGES):
        venv.create(folder, with_pip=True)
        try:
            subprocess.run([python, "-m", "pip", "install", "--quiet", *PACKAGES], check=True)
        except subprocess.CalledProcessError:
            sys.exit(f"bench: could not install from PyPI what there is to compare with: {', '.join(PACKAGES)}")
        mark.write_text("\n".join(PACKAGES))
    return python


def check_programs(*programs):
    """Ends when a program is missing: a figure must not be left out unseen."""
    missing = [program for program in programs if not shutil.which(program)]
    if missing:
        sys.exit(f"bench: {', '.join(missing)} must be installed; `scripts/setup bench` does that where it can")
