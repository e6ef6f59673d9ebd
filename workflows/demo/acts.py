"""What people of the demo do, one act a function, by calling the same stages as the pages do."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from accounts.models import Region, User
from applicants import consents, documents, mandates, profiles, sign_in
from applicants.identity import read_id_no
from applicants.models import Applicant
from applicants.models.consent import Recipient
from applicants.models.mandate import Route
from loans.guarantees import CounterGuaranteeGiven
from loans.models.guarantee import CounterGuaranteeKind
from records.models.decision import Outcome
from workflows import loan_request
from workflows.demo.office import Office
from workflows.demo.others import let_them_agree, tell_of_them
from workflows.demo.pictures import picture_of
from workflows.demo.women import Woman
from workflows.loan_request import Use
from workflows.models import Application
from workflows.models.application import Source
from workflows.stages import disbursement, eligibility, guarantee, intake, survey
from workflows.stages.disbursement import LoanTerms, Payment
from workflows.stages.guarantee import GuaranteeTerms
from workflows.stages.survey import Visit


@dataclass(frozen=True)
class Request:
    """Who asks for what, from which village."""

    woman: Woman
    village: Region
    amount_fen: int
    term_months: int
    method: str


def register(request: Request, office: Office, *, at: datetime, by: User | None = None) -> Applicant:
    """She (or her helper) tells who she is and what she plans, and photographs her papers."""
    woman, today = request.woman, at.date()
    user = sign_in.user_of(woman.mobile)
    applicant = profiles.start_applicant(user, at=at)
    profiles.save_person(
        applicant,
        profiles.Person(
            full_name=woman.name,
            id_no=read_id_no(woman.id_no, on=today),
            mobile=woman.mobile,
            village=request.village,
            address=woman.address,
        ),
    )
    profiles.save_situation(applicant, _situation(woman), spouse=_spouse(woman, on=today))
    profiles.save_project(applicant, _project(woman, village=request.village))
    profiles.save_account(applicant, account_no=woman.account_no, bank=office.pool.bank)
    for kind in documents.required_kinds(Applicant.objects.get(pk=applicant.pk)):
        documents.add_document(applicant, kind=kind, content=picture_of(kind), by=by or user, at=at)
    return Applicant.objects.get(pk=applicant.pk)


def apply(request: Request, office: Office, *, at: datetime) -> Application:
    """She fills it in on her phone and hands it in."""
    draft = fill_in(request, office, at=at)
    let_them_agree(draft, at=at)
    consents.give(draft.applicant, recipients=list(Recipient), channel="web", by=draft.applicant.user, at=at)
    return intake.submit(draft, by=draft.applicant.user, at=at, version=draft.version)


def fill_in(request: Request, office: Office, *, at: datetime) -> Application:
    """A draft that is complete but for the consents: hers, and those of the people whom she names."""
    applicant = register(request, office, at=at)
    return _ask_for(request, intake.start(applicant, by=applicant.user, at=at), at=at)


def ask_her_consent(request: Request, office: Office, *, at: datetime) -> Application:
    """The helper of her village fills it in for her and asks for her own yes, by a link to her phone."""
    helper = office.people["helper"]
    applicant = register(request, office, at=at, by=helper)
    mandate = mandates.give_mandate(
        applicant, helper=helper, route=Route.LINK, valid_until_on=at.date() + timedelta(days=60), at=at
    )
    draft = _ask_for(request, intake.start(applicant, by=helper, at=at, source=Source.HELPER), at=at)
    let_them_agree(draft, at=at)
    mandates.issue_token(mandate, lifetime=timedelta(hours=draft.policy.consent_hours), at=at)
    return intake.request_consent(draft, by=helper, at=at, version=draft.version)


def confirm(case: Application, *, at: datetime) -> Application:
    """She says yes on her own phone."""
    her = case.applicant.user
    mandate = case.applicant.mandates.get(answered_at__isnull=True)
    mandates.answer(mandate, answer="yes", at=at)
    consents.give(case.applicant, recipients=list(Recipient), channel="link", by=her, at=at)
    return intake.confirm(case, by=her, at=at, version=case.version)


def accept(case: Application, office: Office, *, at: datetime) -> Application:
    return intake.accept(case, by=_reviewer(case, office), at=at, version=case.version)


def visit(case: Application, office: Office, *, at: datetime) -> Application:
    """Two of the town go to her home and write down what they saw."""
    village = case.applicant.village
    assert village is not None
    reviewer = office.reviewer(village)
    seen = Visit(
        visited_on=at.date(),
        visitors=(reviewer, office.companion(village)),
        met_in_person=True,
        identity_matches=True,
        was_asked_alone=True,
        voluntary="yes",
        family_knows=True,
        business_is_real=True,
        seen=f"到{village.name}看了场地，{case.applicant.business.site}，手续和说的一样，邻居也知道她要做这个。",
        suggested_amount_fen=case.amount_fen or 0,
    )
    return survey.record_survey(case, visit=seen, by=reviewer, at=at, version=case.version)


def recommend(case: Application, office: Office, *, at: datetime) -> Application:
    """The city settles what asks for a person, and recommends her."""
    city = office.people["city"]
    newest = case.findings.order_by("-round").first()
    assert newest is not None
    for finding in case.findings.filter(outcome="ask", settled="", round=newest.round):
        eligibility.settle(finding, outcome="met", note="看了材料和走访记录，符合。", by=city, at=at)
    return eligibility.recommend(case, opinion="项目真实，用途清楚，同意推荐。", by=city, at=at, version=case.version)


def give_guarantee(case: Application, office: Office, *, at: datetime, amount_fen: int | None = None) -> Application:
    """The guarantor promises; a large promise is decided by a second officer."""
    promised_fen = amount_fen or case.amount_fen or 0
    kind = CounterGuaranteeKind.CREDIT_VILLAGE
    if promised_fen >= case.policy.counter_guarantee_from_fen:
        kind = CounterGuaranteeKind.PERSON
    terms = GuaranteeTerms(
        amount_fen=promised_fen,
        letter_no=f"惠担函〔{at.year}〕{case.number[-4:]}-{case.version}",
        opinion="经实地查看，同意担保。",
        counter_guarantees=(CounterGuaranteeGiven(kind, "本村经营户一人连带保证，已签承诺书。"),),
    )
    first, second = office.people["guarantor"], office.people["guarantor2"]
    if promised_fen < case.policy.two_person_guarantee_from_fen:
        return guarantee.guarantee(case, terms=terms, by=first, at=at, version=case.version)
    proposal = guarantee.propose(case, terms=terms, by=first, at=at)
    return guarantee.decide(
        proposal, outcome=Outcome.APPROVED, by=second, at=at + timedelta(minutes=40), version=case.version
    )


def approve(
    case: Application, office: Office, *, at: datetime, amount_fen: int | None = None, reason: str = ""
) -> Application:
    """The bank approves, on her terms or on others with a reason."""
    assert case.term_months is not None
    terms = LoanTerms(
        amount_fen=amount_fen or case.amount_fen or 0,
        annual_rate_ppm=case.policy.annual_rate_ppm,
        lpr_ppm=case.policy.lpr_ppm,
        lpr_on=case.policy.lpr_on,
        term_months=case.term_months,
        method=case.method,
        credit_outcome="passed",
        credit_note="征信没有不良记录。",
    )
    bank = office.people["bank"]
    return disbursement.approve_loan(case, terms=terms, reason=reason, by=bank, at=at, version=case.version)


def sign(case: Application, office: Office, *, at: datetime) -> Application:
    return disbursement.sign(
        case,
        contract_no=f"农信借字〔{at.year}〕{case.number[-4:]}-{case.version}",
        signed_on=at.date(),
        by=office.people["bank"],
        at=at,
        version=case.version,
    )


def instruct(case: Application, office: Office, *, at: datetime) -> None:
    """One officer writes the order to pay, another releases it."""
    order = disbursement.instruct_payout(case, by=office.people["bank"], at=at)
    disbursement.release_payout(
        order, outcome=Outcome.APPROVED, by=office.people["bank2"], at=at + timedelta(minutes=20)
    )


def disburse(case: Application, office: Office, *, at: datetime) -> Application:
    assert case.loan is not None
    payment = Payment(
        bank_serial=f"NX{at:%Y%m%d}{case.number[-4:]}",
        bank_loan_no=f"JJ{at.year}{case.number[-4:]}",
        value_on=at.date(),
        amount_fen=case.loan.amount_fen,
    )
    return disbursement.disburse(case, payment=payment, by=office.people["bank"], at=at, version=case.version)


def _ask_for(request: Request, draft: Application, *, at: datetime) -> Application:
    first_fen = request.amount_fen * 3 // 5
    loan_request.save_amount(
        draft, amount_fen=request.amount_fen, term_months=request.term_months, method=request.method
    )
    uses = [Use(request.woman.first_use, first_fen), Use(request.woman.second_use, request.amount_fen - first_fen)]
    asked = loan_request.save_uses(draft, uses=uses)
    tell_of_them(asked, request.woman, at=at)
    return asked


def _situation(woman: Woman) -> profiles.Situation:
    return profiles.Situation(
        registered_in_city=True,
        resides_in_city=True,
        on_public_payroll=False,
        other_loans=("none",),
        has_overdue_debt=False,
        marital_status="married" if woman.is_married else "single",
    )


def _spouse(woman: Woman, *, on: date) -> profiles.Spouse | None:
    if not woman.is_married:
        return None
    return profiles.Spouse(full_name=woman.spouse_name, id_no=read_id_no(woman.spouse_id_no, on=on))


def _project(woman: Woman, *, village: Region) -> profiles.Project:
    return profiles.Project(
        project_type=woman.project_type,
        site=f"{village.name}{woman.site}",
        started="1_to_3",
        income_band="20k_to_50k",
        jobs=woman.jobs,
        proof=woman.proof,
        licence_no="",
    )


def _reviewer(case: Application, office: Office) -> User:
    assert case.applicant.village is not None
    return office.reviewer(case.applicant.village)
