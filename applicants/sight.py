"""What is masked for everyone, and what looking behind the mask leaves behind: a row that she can read."""

from datetime import datetime
from typing import Final

from accounts.models import User
from accounts.permissions import live_memberships
from applicants.models import Applicant, ApplicantAccess, Party

REVEALED: Final = ("id_no", "mobile", "account_no", "spouse_id_no")
REVEALED_OF_A_PARTY: Final = ("id_no", "mobile")


def reveal(applicant: Applicant, *, what: str, by: User, at: datetime) -> str:
    """The whole of a masked value, written to her access log. Whether `by` may see the case was asked before."""
    assert what in REVEALED, what
    note_access(applicant, what=what, by=by, at=at)
    if what == "spouse_id_no":
        spouse = applicant.household.filter(relation="spouse").first()
        return spouse.id_no if spouse else ""
    value: str = getattr(applicant, what)
    return value


def reveal_party(party: Party, *, what: str, by: User, at: datetime) -> str:
    """The whole of a masked value of somebody named in her application; she reads of that look as well."""
    assert what in REVEALED_OF_A_PARTY, what
    note_access(party.applicant, what=f"{party.role}_{what}", by=by, at=at)
    value: str = getattr(party, what)
    return value


def note_access(applicant: Applicant, *, what: str, by: User, at: datetime) -> None:
    """Write down that somebody looked; her own looks at her own papers are not written."""
    if by.pk == applicant.user_id:
        return
    ApplicantAccess.objects.create(applicant=applicant, what=what, by=by, at=at, acting_for=_office_of(by))


def _office_of(user: User) -> str:
    if user.acts_for is not None:
        return user.acts_for.name
    memberships = live_memberships(user)
    return memberships[0].organisation.name if memberships else ""
