"""python3 .ci/needs.py run|test: names the Debian packages that are missing, in one line. Runs before anything is
installed, so on any Python 3 and with nothing but the standard library.
"""

import shutil
import sys
from ctypes.util import find_library

# What WeasyPrint loads when it prints a paper; without the third it is slow and says nothing.
LIBRARIES = {
    "pango-1.0": "libpango-1.0-0",
    "pangoft2-1.0": "libpangoft2-1.0-0",
    "harfbuzz-subset": "libharfbuzz-subset0",
}
# What only tests use; where one is missing they are skipped and say so.
PROGRAMS = {"chromium": "chromium", "pdftotext": "poppler-utils", "qpdf": "qpdf", "msgfmt": "gettext"}


def missing_packages():
    try:
        import ensurepip  # noqa: F401, PLC0415 - Debian ships it apart
    except ImportError:
        yield "python3-venv"
    for library, package in LIBRARIES.items():
        if not find_library(library):
            yield package


def main(purpose):
    if sys.version_info < (3, 11):
        return "Python 3.11 or newer is needed: make %s PYTHON=/path/to/python3.11" % purpose
    missing = list(missing_packages())
    if missing:
        return "Missing system packages. As root: apt install " + " ".join(missing)
    absent = [package for program, package in PROGRAMS.items() if not shutil.which(program)]
    if purpose == "test" and absent:
        print("Some tests will be skipped; to run them all: apt install " + " ".join(absent))
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
