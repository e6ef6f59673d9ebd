"""Starts the measuring in a process of its own, for it brings a database along."""

import os
import subprocess
import sys


def run() -> None:
    if not os.environ.get("TEST_DATABASE_URL", "").startswith("postgres"):
        print("Not run: set TEST_DATABASE_URL=postgres://user@host:5432/name, the claims are measured on PostgreSQL.")
        return
    subprocess.run([sys.executable, "-m", "benchmarks.claims"], check=True)
