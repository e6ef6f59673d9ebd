"""The people of the application as answers to check: who, in what, and whether they have agreed."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from applicants.models.party import PartyRole
from workflows import people
from workflows.completeness import asks_about_partners
from workflows.models import Application
from workflows.people_in_words import household_in_words, terms_in_words
from workflows.web.apply.people import Person, persons_of


def people_rows(case: Application) -> Iterator[tuple[str, str]]:
    """Label and value; an empty value is still to be filled in."""
    her, persons = case.applicant, persons_of(case)
    yield from _agreements(persons, PartyRole.SPOUSE, _("爱人同意了吗"))
    if asks_about_partners(case):
        together = her.business.has_partners
        yield _("自己干还是合伙干"), "" if together is None else _("合伙干") if together else _("自己干")
    yield from _agreements(persons, PartyRole.PARTNER, _("合伙人"))
    if people.shows_sureties(case):
        yield _("反担保"), str(her.get_surety_way_display())
    yield from _agreements(persons, PartyRole.GUARANTOR, _("担保人"))
    yield _("家里还有谁"), household_in_words(her) or _("没写")


def _agreements(persons: list[Person], role: PartyRole, label: str) -> Iterator[tuple[str, str]]:
    for person in persons:
        if person.whom.role == role:
            parts = (person.whom.full_name, terms_in_words(person.row), person.state)
            yield label, "，".join(part for part in parts if part)
