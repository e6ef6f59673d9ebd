import pytest

from loans.models import Programme
from tests.makers.people import Offices
from tests.makers.programme import a_programme
from tests.reports.small_city import a_small_city
from workflows.models import Application


@pytest.fixture
def programme(offices: Offices) -> Programme:
    return a_programme(offices)


@pytest.fixture
def city(programme: Programme, offices: Offices) -> dict[str, Application]:
    """Nine cases by name: see small_city."""
    return a_small_city(offices)
