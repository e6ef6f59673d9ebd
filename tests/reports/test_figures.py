import pytest
from pytest_django.asserts import assertNumQueries

from applicants.models import Business
from reports.figures import Trade, public_figures
from tests.makers.cases import a_case_in
from tests.makers.programme import a_programme
from tests.makers.women import a_woman
from workflows.states import State


@pytest.fixture
def city(offices):
    a_programme(offices)
    return offices


def paid_in(city, project_type):
    case = a_case_in(State.DISBURSED, city)
    Business.objects.filter(applicant=case.applicant).update(project_type=project_type)
    return case


def test_before_the_first_payment_nobody_was_helped(city):
    a_case_in(State.PAYOUT, city)
    figures = public_figures()
    assert (figures.women, figures.lent_fen, figures.trades) == (0, 0, [])


def test_women_and_money_are_counted_from_what_was_paid_out(city):
    a_case_in(State.DISBURSED, city, amount_fen=5_000_000)
    a_case_in(State.DISBURSED, city, amount_fen=3_000_000)
    a_case_in(State.SIGNING, city)
    figures = public_figures()
    assert (figures.women, figures.lent_fen) == (2, 8_000_000)


def test_a_woman_who_came_twice_is_one_woman_with_two_loans(city):
    her = a_woman(city)
    a_case_in(State.DISBURSED, city, applicant=her)
    a_case_in(State.DISBURSED, city, applicant=a_woman(city, id_no=her.id_no))
    figures = public_figures()
    assert (figures.women, figures.lent_fen) == (1, 10_000_000)


def test_trades_are_told_from_the_one_with_the_most_women_and_small_ones_not_at_all(city):
    for project_type, women in (("craft", 3), ("farm_stay", 4), ("shop", 2)):
        for _woman in range(women):
            paid_in(city, project_type)
    assert public_figures().trades == [Trade("farm_stay", 4), Trade("craft", 3)]


def test_it_takes_two_queries(city):
    a_case_in(State.DISBURSED, city)
    with assertNumQueries(2):
        public_figures()
