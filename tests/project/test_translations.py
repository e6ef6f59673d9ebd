"""English is complete, and what is compiled is what is written."""

import gettext
import re
import shutil
import subprocess
from collections.abc import Iterable
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from accounts.models import Organisation, Region, User
from applicants.identity import mask_name
from applicants.models import Applicant, Business, HouseholdMember
from loans.models import Policy, Programme
from tests.makers.people import Offices
from tests.project.public_pages import draw_all
from workflows.models import Application, ApplicationTransition, SupplementRequest
from workflows.models.refusal import DeclineReason

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


@pytest.mark.django_db
def test_no_han_is_left_on_an_english_page_but_names(offices: Offices):
    pages = draw_all(offices, language="en")
    names = sorted(_names(), key=len, reverse=True)
    left = {line for page in pages.values() for line in _lines(page) if HAN.search(_without(line, names))}
    assert left == set()


def _names() -> set[str]:
    """Chinese in any language: what places, offices, people and documents are called, and what somebody wrote."""
    called: list[tuple[Any, list[str]]] = [
        (Region, ["name"]),
        (Organisation, ["name", "short_name"]),
        (User, ["name"]),
        (Programme, ["name"]),
        (Policy, ["version", "document_no"]),
        (Applicant, ["full_name", "address"]),
        (HouseholdMember, ["full_name"]),
        (Business, ["site"]),
        (DeclineReason, ["words", "advice"]),
        (ApplicationTransition, ["reason"]),
    ]
    rows = (row for model, fields in called for row in model.objects.values_list(*fields))
    clauses = (clause for policy in Policy.objects.all() for clause in policy.clauses.values())
    uses = (use["use"] for case in Application.objects.all() for use in case.use_rows)
    asked = (item["why"] for request in SupplementRequest.objects.all() for item in request.items)
    masked = (mask_name(one.full_name) for one in Applicant.objects.all())
    written = {name for row in rows for name in row if name}
    return {name for name in {*written, *clauses, *uses, *asked, *masked, settings.OFFICE_NAME} if name}


def _lines(page: str) -> list[str]:
    """What is read on the page, and what is said of it to whoever can't see it; the way back to Chinese is Chinese."""
    page = re.sub(r'<(\w+)[^>]*\blang="zh-Hans"[^>]*>.*?</\1>', "", page, flags=re.DOTALL)
    said = re.findall(r'\b(?:aria-label|alt|title|placeholder|data-[a-z-]+)="([^"]*)"', page)
    return [unescape(line).strip() for line in re.split(r"<[^>]+>", page) + said if line.strip()]


def _without(line: str, names: Iterable[str]) -> str:
    for name in names:
        line = line.replace(name, "")
    return _without_examples(line)


def _without_examples(text: str) -> str:
    for example in EXAMPLES:
        text = text.replace(example, "")
    return text
