"""内部备注: what colleagues write down for each other, once and for good. Neither she nor other offices read it."""

from datetime import datetime
from typing import Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import Organisation, User
from accounts.models.organisation import OrganisationKind
from accounts.permissions import live_memberships
from records.refusals import FieldError, Invalid, NotPermitted
from workflows.models import Application, CaseNote

LONGEST: Final = 500


def write(application: Application, *, words: str, by: User, at: datetime) -> CaseNote:
    """Keep a note for her own office and the city. Raises NotPermitted, Invalid."""
    office = office_at(application, by)
    if office is None:
        raise NotPermitted
    text = words.strip()
    if not 1 <= len(text) <= LONGEST:
        limits: dict[str, object] = {"min": 1, "max": LONGEST}
        raise Invalid(FieldError("words", "words_length", _("写一句备注，最多 500 个字"), limits=limits))
    return CaseNote.objects.create(
        application=application, organisation=office, words=text, written_by=by, written_at=at
    )


def read_by(application: Application, user: User) -> QuerySet[CaseNote]:
    """Those that she may read, the newest first: of her own offices, and all of them at the city's federation."""
    notes = application.notes.select_related("organisation", "written_by").order_by("-pk")
    offices = [one.organisation for one in live_memberships(user) if one.grants("view_case")]
    city = application.city
    if any(one.kind == OrganisationKind.FEDERATION and one.region_id == city.pk for one in offices):
        return notes
    return notes.filter(organisation__in=offices)


def office_at(application: Application, user: User) -> Organisation | None:
    """The office for which she handles this case; None where she doesn't."""
    place = application.applicant.village or application.city
    partners = (application.guarantor_id, application.bank_id)
    for one in live_memberships(user):
        if one.grants("view_case") and (one.covers(place) or one.organisation_id in partners):
            return one.organisation
    return None
