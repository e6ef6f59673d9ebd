"""An environment of its own for each peer, under var/: what they need and what they set stays with them."""

import subprocess
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOME = ROOT / "var" / "benchmarks"


class NotInstalled(Exception):
    """A peer that can't be had just now, with the reason."""


def python_with(name: str, requirement: str) -> Path:
    """The Python of the environment that has the peer; made on the first call. Raises NotInstalled."""
    home = HOME / name
    python = home / "bin" / "python"
    if not (home / requirement).exists():
        print(f"Installing {requirement} into {home.relative_to(ROOT)}")
        venv.create(home, with_pip=True, clear=True)
        pip = [str(python), "-m", "pip", "install", "-qq", "--disable-pip-version-check", requirement]
        done = subprocess.run(pip, capture_output=True, text=True, check=False)
        if done.returncode:
            raise NotInstalled(done.stderr.strip().splitlines()[-1])
        (home / requirement).touch()
    return python
