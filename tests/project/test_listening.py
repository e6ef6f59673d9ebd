"""A page that the office can record is one that plays its recording."""

import re

from loans.web.answers import NAMES
from records.recordings import PAGES
from tests.project.sources import ROOT, templates


def test_every_page_that_can_be_recorded_asks_for_its_recording():
    markup = "".join((ROOT / path).read_text() for path in templates())
    asked = set(re.findall(r'{% listen "([\w-]+)" %}', markup))
    questions = {f"check-{name}" for name in NAMES}
    assert "{% listen listened_as %}" in markup
    assert asked | questions == set(PAGES)
