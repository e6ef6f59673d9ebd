"""Whom the application names besides her, what they answer for, and that they agreed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from applicants.identity import mask_id_no, mask_mobile
from applicants.models import Party
from applicants.models.party import PartyRole
from applicants.parties import Named, named_in
from applicants.party_consents import live_consents
from workflows.completeness import asks_about_partners, needs_surety
from workflows.models import Application
from workflows.people_in_words import consent_in_words, terms_in_words
from workflows.states import State
from workflows.web.case.lines import Line, Masks
from workflows.web.case.part import Part


@dataclass(frozen=True)
class Person:
    """`end_url` is where an officer writes down that they took their yes back."""

    title: str
    lines: list[Line]
    end_url: str = ""


@dataclass(frozen=True)
class People:
    """Those whom this office may know of, and what she chose where she had to choose."""

    chosen: list[Line]
    persons: list[Person]


def people_of(application: Application, masks: Masks) -> People | None:
    """None where there is nobody and nothing to tell."""
    her = application.applicant
    given, rows = live_consents(her), {str(row.pk): row for row in her.parties.all()}
    persons = []
    for whom in seen_by(masks.part, application):
        consent = given.get((whom.role, whom.id_index))
        lines = [*_lines(application, rows.get(whom.key), masks.shown), Line(_("本人同意"), consent_in_words(consent))]
        can_end = masks.part.has_household and consent is not None
        url = reverse("case_party_withdraws", args=[application.number, whom.key]) if can_end else ""
        persons.append(Person(f"{whom.role.label} {whom.full_name}", lines, url))
    chosen = list(_chosen(application, masks))
    return People(chosen, persons) if chosen or persons else None


def seen_by(part: Part, application: Application) -> list[Named]:
    """Those whose own yes opens the case to this office; what is paid out stays with those who carry it."""
    given, is_paid = live_consents(application.applicant), application.state == State.DISBURSED
    return [
        one
        for one in named_in(application.applicant)
        if one.role in part.people and (part.has_household or is_paid or (one.role, one.id_index) in given)
    ]


def masked_line(application: Application, row: Party, what: str, shown: Mapping[str, str]) -> Line:
    """A number of somebody named: whole where it has just been looked at, else masked with the way to see it."""
    label, mask = {"id_no": (_("身份证号"), mask_id_no), "mobile": (_("手机号"), mask_mobile)}[what]
    if name_of(row, what) in shown:
        return Line(label, shown[name_of(row, what)], what=what)
    masked = mask(getattr(row, what)) if getattr(row, what) else ""
    url = reverse("case_party_reveal", args=[application.number, row.pk, what]) if masked else ""
    return Line(label, masked or _("没有"), reveal_url=url, what=what)


def name_of(row: Party, what: str) -> str:
    return f"party-{row.pk}-{what}"


def _lines(application: Application, row: Party | None, shown: Mapping[str, str]) -> Iterator[Line]:
    if row is None:
        return
    yield masked_line(application, row, "id_no", shown)
    yield masked_line(application, row, "mobile", shown)
    if row.role == PartyRole.PARTNER:
        yield Line(_("占多少、怎么还"), terms_in_words(row))
        known = {True: _("是"), False: _("不是"), None: _("没说")}
        yield Line(_("财政工资、退休"), known[row.on_public_payroll])
    else:
        yield Line(_("是她的什么人"), terms_in_words(row))


def _chosen(application: Application, masks: Masks) -> Iterator[Line]:
    her = application.applicant
    if asks_about_partners(application) and her.business.has_partners is not None:
        yield Line(_("自己干还是合伙干"), _("合伙干") if her.business.has_partners else _("自己干"))
    if PartyRole.GUARANTOR in masks.part.people and needs_surety(application) and her.surety_way:
        yield Line(_("反担保"), str(her.get_surety_way_display()))
