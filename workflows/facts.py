"""What is known of her, her household, her business and the visit, as the rules of eligibility ask for it."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final, NamedTuple

from applicants.models import Applicant, Party
from applicants.models.household import Occupation
from applicants.models.party import PartyRole
from loans.findings import Facts
from loans.models import Loan, Policy
from loans.models.loan import LoanState
from workflows.completeness import resident_id_of
from workflows.models import Application, SurveyReport
from workflows.models.application import Source
from workflows.models.survey import Voluntary

RUNNING = (LoanState.ACTIVE, LoanState.COMPENSATED)

# What facts_of reads of a case, for whoever reads many.
READ_WITH_IT: Final = ("survey_reports", "applicant__household", "applicant__parties")


class KnownLoan(NamedTuple):
    """A loan that was paid out to somebody whom a case is about."""

    loan_id: int
    id_index: str
    disbursed_on: date | None
    is_running: bool


class Borrowed(NamedTuple):
    """What is known of loans of ours: those that were paid out, and whose the fund once had to pay for."""

    loans: tuple[KnownLoan, ...]
    compensated: frozenset[str]


def facts_of(application: Application, *, policy: Policy | None = None, borrowed: Borrowed | None = None) -> Facts:
    """Everything that the case knows today. What nobody knows stays None, which asks a person.

    `policy` asks instead of the case's own; `borrowed` is what was read before of the people of the case.
    """
    applicant, business = application.applicant, application.applicant.business
    resident_id = resident_id_of(application)
    visit = max(application.survey_reports.all(), key=lambda one: one.pk, default=None)
    known = borrowed or borrowed_by([application])
    running = {one.id_index for one in known.loans if one.is_running}
    return Facts(
        birth_on=resident_id.birth_on if resident_id else None,
        is_female=resident_id.is_female if resident_id else None,
        registered_in_city=applicant.registered_in_city,
        resides_in_city=applicant.resides_in_city,
        on_public_payroll=applicant.on_public_payroll,
        other_loans=tuple(applicant.other_loans) if applicant.other_loans is not None else None,
        has_overdue_debt=applicant.has_overdue_debt,
        was_compensated=applicant.id_index in known.compensated,
        household_has_live_loan=_household_has_live_loan(applicant, running),
        has_partners=business.has_partners,
        is_partner_barred=_is_partner_barred(applicant, policy or application.policy, running),
        subsidised_loans_before=sum(one.id_index == applicant.id_index for one in known.loans),
        project_type=business.project_type or None,
        business_evidence=(business.proof,) if business.proof else None,
        amount_fen=application.amount_fen,
        term_months=application.term_months,
        is_use_of_funds_detailed=_is_use_detailed(application),
        is_voluntary=_is_voluntary(application, visit),
        was_seen_in_person=visit.met_in_person and visit.identity_matches if visit else None,
        is_business_real=visit.business_is_real if visit else None,
    )


def borrowed_by(applications: Iterable[Application]) -> Borrowed:
    """What those whom the cases are about had of us: three queries. Uses what was prefetched."""
    cases = list(applications)
    everybody = {index for case in cases for index in people_of(case)}
    hers = {case.applicant.id_index for case in cases} - {""}
    # Without a number she is nobody in particular.
    rows = Loan.objects.paid_out().filter(applicant__id_index__in=everybody)
    columns = rows.values_list("pk", "applicant__id_index", "disbursed_on", "state")
    return Borrowed(
        tuple(KnownLoan(pk, index, paid_on, state in RUNNING) for pk, index, paid_on, state in columns),
        frozenset(_compensated(hers)),
    )


def _compensated(indexes: set[str]) -> Iterator[str]:
    """Those for whose loan the fund once paid, or for one of somebody for whom they stood surety."""
    paid_for = Loan.objects.filter(applicant__id_index__in=indexes, fund_moves__kind="compensation")
    yield from paid_for.values_list("applicant__id_index", flat=True)
    vouched = Party.objects.filter(role=PartyRole.GUARANTOR, id_index__in=indexes)
    yield from vouched.filter(applicant__loans__fund_moves__kind="compensation").values_list("id_index", flat=True)


def people_of(application: Application) -> set[str]:
    """The blind indexes of her, her household and whoever stands beside her."""
    her = application.applicant
    household = [one.id_index for one in her.household.all()]
    beside_her = [one.id_index for one in her.parties.all()]
    return {index for index in (her.id_index, *household, *beside_her) if index}


def _is_partner_barred(applicant: Applicant, policy: Policy, running: set[str]) -> bool | None:
    """Whether one of her partners may not borrow; None where one of them hasn't told."""
    partners = [one for one in applicant.parties.all() if one.role == PartyRole.PARTNER]
    if running.intersection(one.id_index for one in partners):
        return True
    answers = {one.on_public_payroll for one in partners} if policy.excludes_public_payroll else set()
    return True if True in answers else None if None in answers else False


def _household_has_live_loan(applicant: Applicant, running: set[str]) -> bool | None:
    # A child at school has no loan, and needs no number to tell so.
    members = [one.id_index for one in applicant.household.all() if one.occupation != Occupation.PUPIL]
    if running.intersection([applicant.id_index, *members]):
        return True
    return False if all(members) else None


def _is_use_detailed(application: Application) -> bool | None:
    """Rows that add up to the amount speak for themselves; others are read by a person."""
    amounts = [row["amount_fen"] for row in application.use_rows if row["use"].strip()]
    return True if amounts and sum(amounts) == application.amount_fen else None


def _is_voluntary(application: Application, visit: SurveyReport | None) -> bool | None:
    """Where somebody filled the form for her, her yes counts only if she was asked alone."""
    if visit is None or visit.voluntary == Voluntary.UNSURE:
        return None
    if visit.voluntary == Voluntary.NO:
        return False
    return True if application.source == Source.SELF or visit.was_asked_alone else None
