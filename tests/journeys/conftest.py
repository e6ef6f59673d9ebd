"""Journeys drive a browser against a live server, with script and without."""

from collections.abc import Iterator

import pytest
import time_machine

from tests.journeys.city import City
from tests.makers.cases import MONDAY
from tests.makers.people import office_tree
from tests.makers.programme import a_programme


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def city(request, live_server, browser) -> Iterator[City]:
    """石榴市 at nine on Monday 21 September 2026; the clock runs on, or the browser would wait for ever."""
    with time_machine.travel(MONDAY, tick=True):
        offices = office_tree()
        a_programme(offices)
        city = City(live_server.url, browser, offices, [], request.param)
        yield city
        for context in city.contexts:
            context.close()
