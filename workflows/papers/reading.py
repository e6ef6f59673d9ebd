"""Who may read which papers of a case, and what reading leaves behind."""

from datetime import datetime

from django.db.models import Q, QuerySet

from accounts.models import Organisation, User
from accounts.models.organisation import OrganisationKind
from accounts.models.user import UserKind
from accounts.permissions import live_memberships
from applicants import sight
from records import papers
from records.models import IssuedPaper
from workflows.models import Application, CasePaper
from workflows.papers.kinds import FOR_HELPERS, FOR_PARTNERS

_NONE, _ALL = Q(pk__in=[]), ~Q(pk__in=[])


def papers_of(application: Application, *, reader: User) -> QuerySet[CasePaper]:
    """The papers of the case that the reader may see, the newest first. Whether she sees the case is asked before.

    She herself and the federation see all, partners what was addressed to them or signed by them, helpers the letters
    that they bring.
    """
    seen = application.papers.filter(_readable_by(application, reader))
    return seen.select_related("paper__issuer", "paper__voided").order_by("-pk")


def sheet(paper: IssuedPaper, *, about: Application, reader: User, at: datetime) -> str:
    """The words of the paper as HTML; somebody else's look is written to her access log."""
    _note(paper, about=about, reader=reader, at=at)
    return papers.sheet_of(paper)


def pdf(paper: IssuedPaper, *, about: Application, reader: User, at: datetime) -> bytes:
    """The PDF of the paper; somebody else's look is written to her access log. Raises CannotPrint."""
    content = papers.pdf(paper, by=reader, at=at)
    _note(paper, about=about, reader=reader, at=at)
    return content


def _note(paper: IssuedPaper, *, about: Application, reader: User, at: datetime) -> None:
    sight.note_access(about.applicant, what=f"paper:{paper.kind}", by=reader, at=at)


def _readable_by(application: Application, reader: User) -> Q:
    if reader.kind == UserKind.APPLICANT:
        return _ALL if application.applicant.user_id == reader.pk else _NONE
    if reader.acts_for is not None:
        return _readable_at(reader.acts_for, application)
    seen = _NONE
    for membership in live_memberships(reader):
        if membership.grants("view_case"):
            seen |= _readable_at(membership.organisation, application)
        elif membership.grants("view_helped_case"):
            seen |= Q(paper__kind__in=FOR_HELPERS)
    return seen


def _readable_at(organisation: Organisation, application: Application) -> Q:
    if organisation.kind == OrganisationKind.FEDERATION:
        return _ALL if organisation.region.contains(application.town) else _NONE
    if organisation.pk in (application.guarantor_id, application.bank_id):
        return Q(paper__kind__in=FOR_PARTNERS[organisation.kind]) | Q(paper__issuer=organisation)
    return _NONE
