"""What is known of her, her household, her business and the visit, as the rules of eligibility ask for it."""

from django.db.models import Q

from applicants.models import Applicant, Party
from applicants.models.household import Occupation
from applicants.models.party import PartyRole
from loans.findings import Facts
from loans.models import Loan
from loans.models.loan import LoanState
from workflows.completeness import resident_id_of
from workflows.models import Application, SurveyReport
from workflows.models.application import Source
from workflows.models.survey import Voluntary

RUNNING = (LoanState.ACTIVE, LoanState.COMPENSATED)


def facts_of(application: Application) -> Facts:
    """Everything that the case knows today. What nobody knows stays None, which asks a person."""
    applicant, business = application.applicant, application.applicant.business
    resident_id = resident_id_of(application)
    visit = application.survey_reports.order_by("pk").last()
    return Facts(
        birth_on=resident_id.birth_on if resident_id else None,
        is_female=resident_id.is_female if resident_id else None,
        registered_in_city=applicant.registered_in_city,
        resides_in_city=applicant.resides_in_city,
        on_public_payroll=applicant.on_public_payroll,
        other_loans=tuple(applicant.other_loans) if applicant.other_loans is not None else None,
        has_overdue_debt=applicant.has_overdue_debt,
        was_compensated=_was_compensated(applicant),
        household_has_live_loan=_household_has_live_loan(applicant),
        has_partners=business.has_partners,
        is_partner_barred=_is_partner_barred(application),
        subsidised_loans_before=Loan.objects.paid_out().filter(applicant__id_index=applicant.id_index).count(),
        project_type=business.project_type or None,
        business_evidence=(business.proof,) if business.proof else None,
        amount_fen=application.amount_fen,
        term_months=application.term_months,
        is_use_of_funds_detailed=_is_use_detailed(application),
        is_voluntary=_is_voluntary(application, visit),
        was_seen_in_person=visit.met_in_person and visit.identity_matches if visit else None,
        is_business_real=visit.business_is_real if visit else None,
    )


def _was_compensated(applicant: Applicant) -> bool:
    """Whether the fund once paid for a loan of hers, or of somebody for whom she stood surety."""
    if not applicant.id_index:
        return False
    hers = Q(applicant__id_index=applicant.id_index)
    vouched_for = Party.objects.filter(role=PartyRole.GUARANTOR, id_index=applicant.id_index)
    answered_for = Q(applicant__in=vouched_for.values("applicant"))
    return Loan.objects.filter(hers | answered_for, fund_moves__kind="compensation").exists()


def _is_partner_barred(application: Application) -> bool | None:
    """Whether one of her partners may not borrow; None where one of them hasn't told."""
    partners = list(application.applicant.parties.filter(role=PartyRole.PARTNER))
    indexes = [one.id_index for one in partners]
    if indexes and Loan.objects.filter(state__in=RUNNING, applicant__id_index__in=indexes).exists():
        return True
    answers = {one.on_public_payroll for one in partners} if application.policy.excludes_public_payroll else set()
    return True if True in answers else None if None in answers else False


def _household_has_live_loan(applicant: Applicant) -> bool | None:
    # A child at school has no loan, and needs no number to tell so.
    grown_up = applicant.household.exclude(occupation=Occupation.PUPIL)
    members = list(grown_up.values_list("id_index", flat=True))
    known = [index for index in members if index]
    if Loan.objects.filter(state__in=RUNNING, applicant__id_index__in=[applicant.id_index, *known]).exists():
        return True
    return False if len(known) == len(members) else None


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
