"""manage.py draw_states: writes docs/states.md, and the diagram of README.md between its marks, from the machines."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from reports.state_diagrams import document, readme_with_diagram


class Command(BaseCommand):
    def handle(self, *args: object, **options: object) -> None:
        root = Path(settings.BASE_DIR)
        readme = root / "README.md"
        (root / "docs" / "states.md").write_text(document(), encoding="utf-8")
        readme.write_text(readme_with_diagram(readme.read_text(encoding="utf-8")), encoding="utf-8")
        self.stdout.write("docs/states.md, README.md")
