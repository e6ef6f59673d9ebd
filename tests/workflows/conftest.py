import pytest

from loans.models import Programme
from tests.makers.people import Offices
from tests.makers.programme import a_programme


@pytest.fixture
def programme(offices: Offices) -> Programme:
    """石榴市 2026-1, with room for a hundred loans of 50,000 yuan."""
    return a_programme(offices)
