"""What an application still lacks before it can be handed in, as codes: `person.id_no`, `documents.id_front`.

The part before the dot is the section of the task list.
"""

from collections.abc import Iterator
from typing import Final

from applicants import consents, documents, parties, party_consents
from applicants.identity import ResidentId, read_id_no
from applicants.models.applicant import MaritalStatus, SuretyWay
from applicants.models.consent import Recipient
from applicants.models.household import Relation
from applicants.models.party import PartyRole
from workflows import loan_request
from workflows.models import Application
from workflows.models.application import Source

PERSON, SITUATION, BUSINESS, PEOPLE = "person", "situation", "business", "people"
AMOUNT, DOCUMENTS, CONSENTS = "amount", "documents", "consents"
SECTIONS: Final = (PERSON, SITUATION, BUSINESS, AMOUNT, PEOPLE, DOCUMENTS, CONSENTS)


def completeness(application: Application) -> tuple[str, ...]:
    """Codes of all that is missing or doesn't fit, in the order of the sections; empty where nothing is."""
    return (
        *_person(application),
        *_situation(application),
        *_business(application),
        *_amount(application),
        *_people(application),
        *_papers(application),
    )


def missing_in(application: Application, section: str) -> tuple[str, ...]:
    """The codes of one section."""
    return tuple(code for code in completeness(application) if section_of(code) == section)


def section_of(code: str) -> str:
    return code.partition(".")[0]


def needed_consents(application: Application) -> tuple[Recipient, ...]:
    """Who must be allowed to see the case for it to come to its end."""
    has_guarantor = application.policy.has_guarantor_stage
    return tuple(one for one in Recipient if has_guarantor or one != Recipient.GUARANTOR)


def resident_id_of(application: Application) -> ResidentId | None:
    """What her ID number says; it was read before it was stored, so the day of reading doesn't matter any more."""
    id_no = application.applicant.id_no
    return read_id_no(id_no, on=application.created_at.date()) if id_no else None


def _person(application: Application) -> Iterator[str]:
    applicant = application.applicant
    # A woman without a phone applies through her helper.
    has_phone = application.source == Source.SELF
    for field in ("full_name", "id_no", "village", *(["mobile"] if has_phone else [])):
        if not getattr(applicant, field):
            yield f"{PERSON}.{field}"


def _situation(application: Application) -> Iterator[str]:
    """Whether she is married is asked last: without it nobody asked her, and 「不清楚」 would be our word, not hers."""
    her = application.applicant
    if not her.marital_status:
        yield f"{SITUATION}.marital_status"
    elif her.marital_status == MaritalStatus.MARRIED and not her.household.filter(relation=Relation.SPOUSE).exists():
        yield f"{SITUATION}.spouse"


def _business(application: Application) -> Iterator[str]:
    business = application.applicant.business
    for field in ("project_type", "site", "started", "income_band", "proof"):
        if not getattr(business, field):
            yield f"{BUSINESS}.{field}"
    if business.jobs is None:
        yield f"{BUSINESS}.jobs"
    if not application.use_rows:
        yield f"{BUSINESS}.use_rows"
    elif application.amount_fen and not loan_request.uses_add_up(application):
        yield f"{BUSINESS}.use_rows_differ_from_amount"


def _amount(application: Application) -> Iterator[str]:
    for field, given in (
        ("amount", application.amount_fen),
        ("term_months", application.term_months),
        ("method", application.method),
    ):
        if not given:
            yield f"{AMOUNT}.{field}"
    policy = application.policy
    if application.amount_fen:
        for error in loan_request.amount_errors(policy, application.amount_fen):
            yield f"{AMOUNT}.{error.code}"
    for error in loan_request.term_errors(policy, application.term_months, application.method):
        yield f"{AMOUNT}.{error.code}"


def asks_about_partners(application: Application) -> bool:
    return application.policy.partners_max > 0


def needs_surety(application: Application) -> bool:
    """Whether the policy wants a counter-guarantee for this amount."""
    policy = application.policy
    return policy.has_guarantor_stage and (application.amount_fen or 0) >= policy.counter_guarantee_from_fen


def _people(application: Application) -> Iterator[str]:
    applicant = application.applicant
    roles = [one.role for one in parties.named_in(applicant)]
    together = applicant.business.has_partners
    if asks_about_partners(application) and together is None:
        yield f"{PEOPLE}.has_partners"
    if together and PartyRole.PARTNER not in roles:
        yield f"{PEOPLE}.partners"
    if roles.count(PartyRole.PARTNER) > application.policy.partners_max:
        yield f"{PEOPLE}.too_many_partners"
    yield from _sureties(application, roles)
    waiting = {one.role for one in party_consents.not_agreed(applicant, amount_fen=application.amount_fen)}
    for role in PartyRole:
        if role in waiting:
            yield f"{PEOPLE}.{role}_consent"


def _sureties(application: Application, roles: list[PartyRole]) -> Iterator[str]:
    if not needs_surety(application):
        return
    if not application.applicant.surety_way:
        yield f"{PEOPLE}.surety_way"
    elif application.applicant.surety_way == SuretyWay.PERSON and PartyRole.GUARANTOR not in roles:
        yield f"{PEOPLE}.sureties"


def _papers(application: Application) -> Iterator[str]:
    for kind in documents.missing_kinds(application.applicant):
        yield f"{DOCUMENTS}.{kind}"
    missing = consents.missing(application.applicant)
    for recipient in needed_consents(application):
        if recipient in missing:
            yield f"{CONSENTS}.{recipient}"
