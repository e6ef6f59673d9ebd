"""English is complete, and what is compiled is what is written."""

import gettext
import re
import shutil
import subprocess
from pathlib import Path

import pytest

CATALOGUE = Path("locale/en/LC_MESSAGES/django.po")
COMPILED = CATALOGUE.with_suffix(".mo")
HAN = re.compile(r"[一-鿿]")
# What she may type, as an example of what is understood.
EXAMPLES = ("5万",)


def translations() -> dict[object, str]:
    with COMPILED.open("rb") as stored:
        catalogue: dict[object, str] = gettext.GNUTranslations(stored)._catalog  # type: ignore[attr-defined]
        return catalogue


def test_the_compiled_catalogue_is_made_from_the_written_one(tmp_path):
    if not shutil.which("msgfmt"):
        pytest.skip("needs gettext: apt install gettext")
    fresh = tmp_path / "django.mo"
    subprocess.run(["msgfmt", "--check-format", "-o", fresh, CATALOGUE], check=True)
    assert fresh.read_bytes() == COMPILED.read_bytes(), "run: make messages"


def test_every_message_has_its_english():
    if not shutil.which("msgattrib"):
        pytest.skip("needs gettext: apt install gettext")
    command = ["msgattrib", "--untranslated", "--no-obsolete", str(CATALOGUE)]
    left = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert "msgid" not in left.partition("\n\n")[2], left


def test_no_han_is_left_in_english():
    left = [text for key, text in translations().items() if key and HAN.search(_without_examples(text))]
    assert left == []


def _without_examples(text: str) -> str:
    for example in EXAMPLES:
        text = text.replace(example, "")
    return text
