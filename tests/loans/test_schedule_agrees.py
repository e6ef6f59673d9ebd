"""The engine and the rules written plainly give the same rows, and the same refusals, for any terms."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.working_days import Calendar
from loans.schedule import BadTerms, Effect, Frequency, Method, Prepayment, RateChange, RestDayRule, RestDays, build
from tests.loans.plain_schedule import plain_due_dates, plain_schedule
from tests.loans.test_schedule_properties import plain_terms, settlement_days


@st.composite
def any_terms(draw):
    """Terms with every option, most of them in some way unusual."""
    plain = draw(plain_terms)
    is_level = plain.method == Method.EQUAL_INSTALMENT
    agreed = st.none() | st.integers(1, 2 * plain.principal_fen // plain.periods + 1)
    options = {
        "principal_fen": draw(st.just(plain.principal_fen) | st.integers(1, 1_000)),
        "grace": draw(st.just(0) | st.integers(0, plain.periods - 1)),
        "settlement_day": draw(settlement_days),
        "rest_days": draw(st.none() | st.sampled_from(RestDayRule).map(lambda rule: RestDays(rule, Calendar()))),
        "instalment_unit_fen": draw(st.just(1) | st.integers(1, 100_000)),
        "instalment_fen": draw(agreed) if is_level else None,
    }
    terms = replace(plain, **options)
    days = st.integers(1, max(1, 28 * terms.periods * Frequency(terms.frequency).months - 1))
    on = days.map(lambda after: terms.start_on + timedelta(days=after))
    due = st.sampled_from(plain_due_dates(terms)[:-1] or [terms.start_on + timedelta(days=1)])
    rate_changes = st.builds(RateChange, on | due, st.integers(0, 360_000))
    part = st.integers(1, max(1, terms.principal_fen // 2)) | st.just(terms.principal_fen)
    prepayments = st.builds(Prepayment, on | due, part, st.sampled_from(Effect))
    return replace(
        terms,
        rate_changes=tuple(draw(st.lists(rate_changes, max_size=2, unique_by=lambda one: one.on))),
        prepayments=tuple(draw(st.lists(prepayments, max_size=3, unique_by=lambda one: one.on))),
    )


def outcome(schedule, terms):
    try:
        return [tuple(row) for row in schedule(terms)]
    except BadTerms as refusal:
        return refusal.code


@settings(max_examples=300, deadline=None)
@given(any_terms())
def test_the_engine_and_the_plain_rules_agree(terms):
    assert outcome(build, terms) == outcome(plain_schedule, terms)


@settings(deadline=None)
@given(plain_terms, st.integers(0, 59))
def test_they_agree_where_nothing_changes(terms, grace):
    terms = replace(terms, grace=grace % terms.periods)
    assert outcome(build, terms) == outcome(plain_schedule, terms)
