"""Documentation that can be compared with the code is compared."""

import re

import pytest

from reports.state_diagrams import document, readme_with_diagram
from tests.project.sources import APPS, ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")]
DOCUMENTS += sorted((ROOT / "docs").rglob("*.md"))


def test_the_state_diagrams_are_those_of_the_machines():
    assert (ROOT / "docs" / "states.md").read_text(encoding="utf-8") == document(), "make docs"
    assert readme_with_diagram(README) == README, "make docs"


def test_the_map_of_the_readme_is_true():
    shown = set(re.findall(r"^(\S+?)/ ", README, flags=re.MULTILINE))
    tracked = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")}
    # var/ is made at run time and belongs to nobody.
    assert tracked - {"var"} - shown == set()
    assert set(APPS) <= shown


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_inside_leads_somewhere(path):
    targets = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
    assert [target for target in targets if not (path.parent / target).exists()] == []


def test_every_setting_of_production_is_explained():
    source = (ROOT / "config" / "settings" / "production.py").read_text(encoding="utf-8")
    base = (ROOT / "config" / "settings" / "base.py").read_text(encoding="utf-8")
    names = set(re.findall(r'(?:env\.\w+|_secret|_keys|_gateway)\("([A-Z_]+)"', source + base))
    operations = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert {name for name in names if f"`{name}`" not in operations} == set()
    assert {name for name in names - {"DEBUG"} if f"{name}=" not in example} == set()


def test_every_command_of_make_is_in_the_readme_or_the_operators_page():
    commands = re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE)
    text = README + (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    text += (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert {command for command in commands if f"make {command}" not in text} == {"help"} & set(commands)
