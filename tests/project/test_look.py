"""The look holds on every page of the repository, whoever wrote it: colours, marks, and what a strict policy allows."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from tests.project.stylesheet import CSS, blocks, contrast

APPS = ["accounts", "records", "applicants", "loans", "workflows", "reports"]
TEMPLATES = sorted(
    path
    for folder in [settings.BASE_DIR, *(settings.BASE_DIR / app for app in APPS)]
    for path in (folder / "templates").rglob("*")
    if path.suffix in {".html", ".txt", ".svg"}
)
PAGES = [path for path in TEMPLATES if path.suffix == ".html"]
SPRITE = (settings.BASE_DIR / "static" / "icons.svg").read_text()
MARKS = set(re.findall(r'<symbol id="([\w-]+)"', SPRITE))

LIGHT = blocks(":root")[0]
DARK = LIGHT | blocks("[data-theme=dark]")[0]

GROUNDS = ["--paper", "--card", "--sand"]
MASTHEAD = ["--mast", "--mast-2"]
TEXT_PAIRS = [
    *((text, ground) for text in ("--ink", "--muted", "--link", "--visited", "--err", "--brand") for ground in GROUNDS),
    *((f"--{tone}", f"--{tone}-bg") for tone in ("ok", "soon", "late", "hold", "info", "err")),
    *(("--ink", tint) for tint in ("--sand-2", "--go-tint", "--late-bg", "--soon-bg")),
    *(("--muted", tint) for tint in ("--late-bg", "--soon-bg")),
    *(("--go", ground) for ground in ("--card", "--paper", "--go-tint")),
    *(
        (text, ground)
        for text in ("--on-mast", "--on-mast-soft", "--on-mast-gold")
        for ground in ("--mast", "--mast-2")
    ),
    ("--on-go", "--go"),
    ("--on-go", "--go-2"),
    ("--brand", "--seed-bg"),
]
BORDER_PAIRS = [
    *(
        (border, ground)
        for border in ("--field", "--gold", "--seed", "--hold-line")
        for ground in ("--paper", "--card")
    ),
    *((plot, "--card") for plot in ("--plot-1", "--plot-2", "--plot-3", "--plot-4")),
    ("--field", "--sand"),
    ("--seed", "--sand"),
    ("--mast-line", "--mast"),
]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_text_can_be_read_on_its_ground(theme, text, ground):
    assert contrast(theme[text], theme[ground]) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("border", "ground"), BORDER_PAIRS)
def test_borders_and_marks_stand_out_from_their_ground(theme, border, ground):
    assert contrast(theme[border], theme[ground]) >= 3


def test_dark_by_choice_and_dark_by_the_device_are_the_same():
    by_choice, by_device = blocks("[data-theme=dark]")[0], blocks(":root:not([data-theme=light])")[0]
    assert by_choice == by_device


def test_dark_gives_a_colour_to_every_token_that_light_has():
    the_same_in_both = {"--mast", "--on-mast", "--on-mast-soft", "--on-mast-gold", "--mast-line", "--gold", "--ring"}
    colours = {token for token, value in LIGHT.items() if value.startswith("#")}
    assert colours - the_same_in_both == set(blocks("[data-theme=dark]")[0])


def test_colours_stand_in_tokens_only():
    rules = _without_comments(CSS / "style.css")
    after_tokens = rules[rules.index("*, *::before") : rules.index("@media print")]
    in_rules = re.sub(r'\[(?:fill|stroke)="#\w+"\]', "", after_tokens)  # a drawing is recognised by its colour
    assert re.findall(r"#[0-9A-Fa-f]{3,8}\b", in_rules) == []


def test_every_token_that_is_used_exists():
    rules = _without_comments(CSS / "style.css")
    assert set(re.findall(r"var\((--[\w-]+)\)", rules)) <= set(re.findall(r"(--[\w-]+):", rules))


def test_the_stylesheet_fits_into_its_budget():
    assert len(gzip.compress((CSS / "style.css").read_bytes())) <= 16 * 1024


def test_a_page_needs_six_requests_at_most():
    base = (settings.BASE_DIR / "templates" / "base.html").read_text()
    own_files = re.findall(r"{% static '([^']+)' %}", base)
    page_and_marks_and_htmx = 3
    assert len(own_files) + page_and_marks_and_htmx <= 6


def test_the_page_of_her_papers_needs_six_requests_however_many_pictures_it_shows():
    base = (settings.BASE_DIR / "templates" / "base.html").read_text()
    papers = (settings.BASE_DIR / "workflows/templates/workflows/apply/documents.html").read_text()
    own_files = re.findall(r"{% static '([^']+)' %}", base + papers)
    page_and_marks_and_sheet = 3
    assert len(own_files) + page_and_marks_and_sheet <= 6


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_a_page_keeps_to_the_content_security_policy(page: Path):
    markup = page.read_text()
    assert not re.search(r"\sstyle\s*=", markup), "a colour or a space belongs into the stylesheet"
    assert not re.search(r"\son\w+\s*=\s*[\"']", markup), "no inline handlers"
    assert not re.search(r"<style\b", markup)
    for script in re.findall(r"<script\b[^>]*>", markup):
        assert "src=" in script or "nonce=" in script
    assert "javascript:" not in markup


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_a_page_asks_nobody_else_and_opens_no_second_window(page: Path):
    markup = page.read_text().replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert not re.search(r"(?:src|href|action|data)=[\"'](?:https?:)?//", markup)
    assert "_blank" not in markup


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_a_template_stays_short(page: Path):
    assert len(page.read_text().splitlines()) <= 100


def test_every_mark_that_a_template_names_exists():
    named = {name for page in PAGES for name in _marks_in_markup(page.read_text())}
    assert named <= MARKS


def test_every_mark_that_code_names_exists():
    sources = (path.read_text() for app in APPS for path in (settings.BASE_DIR / app).rglob("*.py"))
    named = {name for source in sources for name in re.findall(r'\bicon="([\w-]+)"', source)}
    assert named <= MARKS


def test_no_mark_stands_twice_in_the_sprite():
    assert len(re.findall("<symbol ", SPRITE)) == len(MARKS)


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_every_chinese_text_of_a_page_can_be_translated(page: Path):
    markup = page.read_text()
    if 'extends "paper.html"' in markup or page.name == "paper.html" or "papers" in page.parts:
        return  # papers are official and Chinese
    assert re.findall(r"[\u4e00-\u9fff][^\n]*", _without_translated(markup)) == []


def _marks_in_markup(markup: str) -> Iterator[str]:
    yield from re.findall(r'{% icon "([\w-]+)" %}', markup)
    yield from re.findall(r'\bicon="([\w-]+)"', markup)
    # A drawing that a page brings along itself isn't a mark of the sprite.
    own = set(re.findall(r'<(?:g|symbol) id="([\w-]+)"', markup))
    yield from (name for name in re.findall(r'<use href="[^"#]*#([a-z-]+)"', markup) if name not in own)


def _without_translated(markup: str) -> str:
    for pattern in (
        r"{% comment %}.*?{% endcomment %}",
        r"{% blocktranslate.*?{% endblocktranslate %}",
        r"{% translate .*?%}",
        r"{#.*?#}",
        r'<button[^>]* lang="zh-Hans">中文</button>',
    ):
        markup = re.sub(pattern, "", markup, flags=re.DOTALL)
    return markup


def _without_comments(sheet: Path) -> str:
    return re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)
