"""What she tells of herself: saved step by step, each step whole.

The values are read and checked by the forms and serializers (`applicants.identity`); here they are stored, with the
blind indexes by which they are found again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, Region, User
from applicants.identity import ResidentId, read_id_no
from applicants.models import Applicant, Business, HouseholdMember
from applicants.models.household import Relation
from applicants.sign_in import mobile_index
from records.encryption import blind_index
from records.refusals import Refusal


class NamedAlready(Refusal):
    """One number stands for one person of an application."""

    code = "named_already"
    status = 422
    message = _("这个身份证号已经写过了：本人、爱人、合伙人、担保人各是各的。")


@dataclass(frozen=True)
class Person:
    """Who she is and where she lives, as far as she has told."""

    full_name: str
    id_no: ResidentId | None
    mobile: str
    village: Region | None
    address: str


@dataclass(frozen=True)
class Situation:
    """The facts that eligibility asks for; None is unknown, and unknown is a question for a person."""

    registered_in_city: bool | None
    resides_in_city: bool | None
    on_public_payroll: bool | None
    other_loans: Sequence[str] | None
    has_overdue_debt: bool | None
    marital_status: str


@dataclass(frozen=True)
class Spouse:
    full_name: str
    id_no: ResidentId


@dataclass(frozen=True)
class Project:
    """What she does or wants to do."""

    project_type: str
    site: str
    started: str
    income_band: str
    jobs: int | None
    proof: str
    licence_no: str


def person_of(applicant: Applicant) -> Person:
    """What she has told of herself so far."""
    return Person(
        full_name=applicant.full_name,
        id_no=_kept_id_no(applicant.id_no, applicant),
        mobile=applicant.mobile,
        village=applicant.village,
        address=applicant.address,
    )


def situation_of(applicant: Applicant) -> Situation:
    return Situation(
        registered_in_city=applicant.registered_in_city,
        resides_in_city=applicant.resides_in_city,
        on_public_payroll=applicant.on_public_payroll,
        other_loans=applicant.other_loans,
        has_overdue_debt=applicant.has_overdue_debt,
        marital_status=applicant.marital_status,
    )


def spouse_of(applicant: Applicant) -> Spouse | None:
    kept = applicant.household.filter(relation=Relation.SPOUSE).first()
    id_no = _kept_id_no(kept.id_no, applicant) if kept else None
    return Spouse(kept.full_name, id_no) if kept and id_no else None


def project_of(applicant: Applicant) -> Project:
    business = applicant.business
    return Project(**{field.name: getattr(business, field.name) for field in fields(Project)})


def _kept_id_no(text: str, applicant: Applicant) -> ResidentId | None:
    """A number that was read before it was stored: the day of reading doesn't matter any more."""
    return read_id_no(text, on=timezone.localdate(applicant.created_at)) if text else None


def id_index(id_no: str) -> str:
    return blind_index(id_no, purpose="id_no")


def start_applicant(user: User, *, at: datetime) -> Applicant:
    """A new woman behind a phone, of whom nothing is known yet."""
    applicant = Applicant.objects.create(user=user, created_at=at)
    Business.objects.create(applicant=applicant)
    return applicant


def save_person(applicant: Applicant, person: Person) -> None:
    """Raises NamedAlready where somebody else of the application has that number."""
    if person.id_no is not None:
        check_named_once(applicant, person.id_no)
    applicant.full_name = person.full_name
    applicant.id_no = person.id_no.text if person.id_no else ""
    applicant.id_index = id_index(applicant.id_no) if applicant.id_no else ""
    applicant.mobile = person.mobile
    applicant.mobile_index = mobile_index(person.mobile) if person.mobile else ""
    applicant.village, applicant.address = person.village, person.address
    applicant.save()


def save_situation(applicant: Applicant, situation: Situation, *, spouse: Spouse | None) -> None:
    """Her situation, and her spouse where she has one: his loans count like hers. Raises NamedAlready."""
    applicant.registered_in_city = situation.registered_in_city
    applicant.resides_in_city = situation.resides_in_city
    applicant.on_public_payroll = situation.on_public_payroll
    applicant.other_loans = list(situation.other_loans) if situation.other_loans is not None else None
    applicant.has_overdue_debt = situation.has_overdue_debt
    applicant.marital_status = situation.marital_status
    applicant.save()
    _save_spouse(applicant, spouse)


def check_named_once(applicant: Applicant, id_no: ResidentId, *, but: int | None = None) -> None:
    """Who answers for her loan is neither she nor her spouse, nor named twice. Raises NamedAlready."""
    if applicant.parties.filter(id_index=id_index(id_no.text)).exclude(pk=but or 0).exists():
        raise NamedAlready


def _save_spouse(applicant: Applicant, spouse: Spouse | None) -> None:
    kept = applicant.household.filter(relation=Relation.SPOUSE)
    if spouse is None:
        kept.delete()
        return
    check_named_once(applicant, spouse.id_no)
    index = id_index(spouse.id_no.text)
    # Another number is another person, whose phone we don't know.
    kept.exclude(id_index=index).delete()
    HouseholdMember.objects.update_or_create(
        applicant=applicant,
        relation=Relation.SPOUSE,
        defaults={"full_name": spouse.full_name, "id_no": spouse.id_no.text, "id_index": index},
    )


def save_project(applicant: Applicant, project: Project) -> None:
    Business.objects.update_or_create(
        applicant=applicant,
        defaults={
            "project_type": project.project_type,
            "site": project.site,
            "started": project.started,
            "income_band": project.income_band,
            "jobs": project.jobs,
            "proof": project.proof,
            "licence_no": project.licence_no,
        },
    )


def save_account(applicant: Applicant, *, account_no: str, bank: Organisation) -> None:
    """Where the money goes; no number but a bank while she has no card yet: that bank opens one at signing."""
    applicant.account_no = account_no
    applicant.account_index = blind_index(account_no, purpose="account_no") if account_no else ""
    applicant.account_bank = bank
    applicant.save()
