"""Starts the measuring in a process of its own, for it brings a database and a browser along."""

import subprocess
import sys


def run() -> None:
    subprocess.run([sys.executable, "-m", "benchmarks.slow"], check=True)
