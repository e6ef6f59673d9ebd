"""What a policy would do that isn't in force: to the cases that are open, and to those that were decided.

Nothing is changed by looking: every case keeps the version that it names. What a case says of her is as it is known
today; loans count that were paid out before she applied.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from django.db.models import Q, QuerySet
from django.utils import timezone

from loans import eligibility
from loans.findings import Finding, Outcome, Verdict
from loans.models import Policy, Programme
from loans.policies import quote_for
from loans.policy_terms import terms_of
from loans.schedule import BadTerms
from workflows.facts import READ_WITH_IT, Borrowed, KnownLoan, borrowed_by, facts_of, people_of
from workflows.models import Application
from workflows.states import BINDING, State

# Further back, the answers of the day are too old to say much.
PAST: Final = timedelta(days=365)
# The newest of them; the page says where there are more.
CASES_MOST: Final = 1000
MONTHS_OF_A_YEAR: Final = 12


@dataclass(frozen=True)
class Compared:
    """One case under its own policy and under another."""

    application: Application
    before: Verdict
    after: Verdict
    # What another policy finds otherwise.
    changed: tuple[Finding, ...]


@dataclass(frozen=True)
class Replayed:
    """One decided case: whether the money was paid, and what the other policy would have said and cost in a year."""

    application: Application
    was_paid: bool
    after: Verdict
    paid_year_fen: int
    after_year_fen: int


def open_cases(programme: Programme) -> QuerySet[Application]:
    """Whatever was handed in and isn't over, the oldest first."""
    return _cases(programme).filter(state__in=BINDING).order_by("pk")


def decided_cases(programme: Programme, *, today: date) -> QuerySet[Application]:
    """What was paid or declined of that which was handed in during the last year, the newest first."""
    since = timezone.make_aware(datetime.combine(today - PAST, time.min))
    decided = Q(state__in=[State.DISBURSED, State.DECLINED], submitted_at__gte=since)
    return _cases(programme).filter(decided).prefetch_related("findings").order_by("-pk")


def compare(applications: Sequence[Application], policy: Policy) -> list[Compared]:
    """Those whose result would be another under the policy. Three queries besides what was prefetched."""
    found = []
    for case, borrowed in _with_loans(applications):
        before, after = _found(case, case.policy, borrowed), _found(case, policy, borrowed)
        verdicts = eligibility.verdict(before), eligibility.verdict(after)
        if verdicts[0] != verdicts[1]:
            found.append(Compared(case, *verdicts, _changed(before, after)))
    return found


def replay(applications: Sequence[Application], policy: Policy) -> list[Replayed]:
    """What would have become of each; where a rule asks a person, her word of then counts."""
    return [_replayed(case, policy, borrowed) for case, borrowed in _with_loans(applications)]


def _replayed(case: Application, policy: Policy, borrowed: Borrowed) -> Replayed:
    said = {one.rule: one.settled for one in case.findings.all() if one.settled}
    outcomes = {
        said.get(one.rule, str(one.outcome)) if one.outcome == Outcome.ASK else str(one.outcome)
        for one in _found(case, policy, borrowed)
    }
    refused, asked = Outcome.NOT_MET in outcomes, Outcome.ASK in outcomes
    after = Verdict.NOT_YET if refused else Verdict.ASK if asked else Verdict.ELIGIBLE
    was_paid = case.loan is not None
    return Replayed(
        case,
        was_paid,
        after,
        paid_year_fen=_subsidy_of_a_year(case, case.policy) if was_paid else 0,
        after_year_fen=_subsidy_of_a_year(case, policy) if after == Verdict.ELIGIBLE else 0,
    )


def _subsidy_of_a_year(case: Application, policy: Policy) -> int:
    """The treasury's part of her interest under the policy, in fen, spread evenly over the years of the term."""
    amount_fen = case.loan.amount_fen if case.loan else case.amount_fen
    term_months = case.loan.term_months if case.loan else case.term_months
    method = case.loan.method if case.loan else case.method
    assert amount_fen is not None
    assert term_months is not None
    assert case.submitted_at is not None
    try:
        quote = quote_for(
            policy,
            amount_fen=amount_fen,
            term_months=term_months,
            method=method,
            start_on=timezone.localdate(case.submitted_at),
            keeps_dates=True,
        )
    except BadTerms:
        return 0
    return quote.subsidy_fen * MONTHS_OF_A_YEAR // max(term_months, MONTHS_OF_A_YEAR)


def _cases(programme: Programme) -> QuerySet[Application]:
    cases = Application.objects.filter(programme=programme, submitted_at__isnull=False)
    return cases.select_related("applicant__business", "policy", "loan").prefetch_related(*READ_WITH_IT)


def _with_loans(applications: Sequence[Application]) -> Iterator[tuple[Application, Borrowed]]:
    """Each case with what its people had borrowed when she applied."""
    known: dict[str, list[KnownLoan]] = {}
    borrowed = borrowed_by(applications)
    for loan in borrowed.loans:
        known.setdefault(loan.id_index, []).append(loan)
    for case in applications:
        assert case.submitted_at is not None
        applied_on = timezone.localdate(case.submitted_at)
        hers = [loan for index in sorted(people_of(case)) for loan in known.get(index, ())]
        before = tuple(one for one in hers if _was_before(one, case, applied_on))
        # Whoever was paid hadn't been paid for when she applied.
        since = {case.applicant.id_index} if case.loan_id else set()
        yield case, Borrowed(before, borrowed.compensated - since)


def _was_before(loan: KnownLoan, case: Application, applied_on: date) -> bool:
    return loan.loan_id != case.loan_id and loan.disbursed_on is not None and loan.disbursed_on < applied_on


def _found(case: Application, policy: Policy, borrowed: Borrowed) -> tuple[Finding, ...]:
    assert case.submitted_at is not None
    facts = facts_of(case, policy=policy, borrowed=borrowed)
    return eligibility.assess(facts, terms_of(policy), on=timezone.localdate(case.submitted_at))


def _changed(before: Iterable[Finding], after: Iterable[Finding]) -> tuple[Finding, ...]:
    outcomes = {one.rule: one.outcome for one in before}
    return tuple(one for one in after if one.outcome != outcomes.get(one.rule, Outcome.MET))
