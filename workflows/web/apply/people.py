"""家人和担保人: everybody besides her whom the application names, and who of them still has to say yes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.web.parts import Tone
from applicants.models import HouseholdMember, Party, PartyConsent, PartyLink
from applicants.models.household import Relation
from applicants.models.party import PartyRole
from applicants.parties import SURETIES_MAX, Named, named_in
from applicants.party_consents import CHANGE, covers, live_consents
from records.refusals import MoveNotOpen
from workflows import people
from workflows.completeness import asks_about_partners
from workflows.web.apply import steps
from workflows.web.apply.page import DraftPage
from workflows.wording import day


@dataclass(frozen=True)
class Person:
    """One named person as a card: what is known, and how far their own yes has come."""

    whom: Named
    row: Party | None
    state: str
    tone: Tone
    is_asked: bool
    has_agreed: bool


class PeoplePage(DraftPage):
    step = steps.OTHERS
    template_name = "workflows/apply/people.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        case = self.case
        persons = persons_of(self.case)
        partners = [one for one in persons if one.whom.role == PartyRole.PARTNER]
        sureties = [one for one in persons if one.whom.role == PartyRole.GUARANTOR]
        return self.page(
            None,
            spouse=next((one for one in persons if one.whom.role == PartyRole.SPOUSE), None),
            household=[one for one in case.applicant.household.all() if one.relation != Relation.SPOUSE],
            asks_about_partners=asks_about_partners(case) or bool(partners),
            partners=partners,
            can_add_partner=len(partners) < case.policy.partners_max,
            shows_sureties=people.shows_sureties(case),
            sureties=sureties,
            can_add_surety=len(sureties) < SURETIES_MAX,
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        try:
            if "remove" in request.POST:
                return self._remove(request.POST["remove"])
            if "remove_member" in request.POST:
                return self._remove_member(request.POST["remove_member"])
        except MoveNotOpen:
            return self.too_late()
        return self.onward()

    def _remove(self, key: str) -> HttpResponse:
        whom = people.find_named(self.case.applicant, key)
        if whom is None or whom.role == PartyRole.SPOUSE:
            raise Http404
        self.keep(lambda draft, at: people.forget(draft, whom, at=at))
        return redirect("apply_people")

    def _remove_member(self, written: str) -> HttpResponse:
        if not written.isdecimal():
            raise Http404
        others = HouseholdMember.objects.exclude(relation=Relation.SPOUSE)
        self.keep(lambda draft, at: others.filter(applicant=draft.applicant, pk=int(written)).delete())
        return redirect("apply_people")


def persons_of(case: Any) -> list[Person]:
    """Everybody named, with their consent or the last word on it."""
    her = case.applicant
    given, rows = live_consents(her), {str(row.pk): row for row in her.parties.all()}
    links = list(her.party_links.order_by("-pk"))
    return [_person(case, whom, rows.get(whom.key), given, links) for whom in named_in(her)]


def _person(
    case: Any,
    whom: Named,
    row: Party | None,
    given: dict[tuple[str, str], PartyConsent],
    links: Sequence[PartyLink],
) -> Person:
    consent = given.get((whom.role, whom.id_index))
    link = next((one for one in links if (one.role, one.person_index) == (whom.role, whom.id_index)), None)
    state, tone = _state(case, consent, link)
    return Person(whom, row, state, tone, is_asked=link is not None, has_agreed=covers(consent, case.amount_fen))


def _state(case: Any, consent: PartyConsent | None, link: PartyLink | None) -> tuple[str, Tone]:
    if consent is not None and covers(consent, case.amount_fen):
        return _("%(day)s同意了") % {"day": day(timezone.localdate(consent.given_at))}, "ok"
    if consent is not None:
        return _("金额改大了，要再同意一次"), "soon"
    if link is None:
        return _("还没请他同意"), "soon"
    if link.answer == CHANGE:
        return _("他说有地方不对"), "late"
    return _("链接发了，等他同意"), "info"
