"""Issuing the paper that belongs to a move, and voiding those that the move takes the ground from."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from django.utils.translation import override

from accounts.models import Organisation, User
from applicants.identity import mask_name
from records import papers
from records.models import IssuedPaper
from records.papers import Draft
from workflows.deadlines import office_of
from workflows.models import Application, ApplicationTransition, CasePaper
from workflows.papers import forms, letters, wording
from workflows.papers.kinds import PaperKind, issued_by, voided_by
from workflows.wording import MOVES

_WORDS: Final[dict[PaperKind, Callable[[Application, ApplicationTransition], wording.Words]]] = {
    PaperKind.ACCEPTANCE: letters.acceptance,
    PaperKind.SUPPLEMENT: letters.supplement,
    PaperKind.RECOMMENDATION: forms.recommendation,
    PaperKind.GUARANTEE: letters.guarantee,
    PaperKind.APPROVAL: forms.approval,
    PaperKind.REFUSAL: letters.refusal,
    PaperKind.DISBURSEMENT: letters.disbursement,
}


def issue_for(application: Application, *, move: str, by: User, at: datetime) -> IssuedPaper | None:
    """The paper of the move that was just made, or None where it has none; in the move's own transaction.

    Everything that the move carries (reasons, request, loan, schedule) is stored by now.
    """
    row: ApplicationTransition = application.log.select_related("by", "acting_as__organisation").get(
        version=application.version
    )
    assert row.move == move, f"{application} was moved by {row.move}, not by {move}"
    # Papers are Chinese, whatever language the officer reads her pages in.
    with override("zh-hans"):
        _void_overtaken(application, row, by=by, at=at)
        kind = issued_by(row)
        if kind is None:
            return None
        paper = papers.issue(_draft(kind, application, row), by=by, at=at)
    CasePaper.objects.create(application=application, paper=paper)
    return paper


def _draft(kind: PaperKind, application: Application, row: ApplicationTransition) -> Draft:
    words = _WORDS[kind](application, row)
    return Draft(
        kind=kind,
        title=str(kind.label),
        template=f"papers/{kind}.html",
        words=words,
        issuer=_issuer(kind, application, row),
        about=application.number,
        series=application.programme.paper_prefix,
        confirms=_confirms(kind, application),
    )


def _issuer(kind: PaperKind, application: Application, row: ApplicationTransition) -> Organisation:
    """Whose seal the paper bears. What an office asks or refuses, it signs for itself."""
    if kind in (PaperKind.SUPPLEMENT, PaperKind.REFUSAL) and row.acting_as is not None:
        return row.acting_as.organisation
    if kind == PaperKind.GUARANTEE:
        return application.guarantor
    if kind == PaperKind.DISBURSEMENT:
        return application.bank
    return office_of(application.city)


def _confirms(kind: PaperKind, application: Application) -> tuple[tuple[str, str], ...]:
    """What the holder of the paper may compare on the check page; her name is masked there."""
    about = (("申请编号", application.number), ("姓名", mask_name(application.applicant.full_name)))
    amount = _amount_fen(kind, application)
    return (*about, ("金额", wording.amount(amount))) if amount else about


def _amount_fen(kind: PaperKind, application: Application) -> int | None:
    """The sum that the paper is about."""
    if kind == PaperKind.GUARANTEE and application.guarantee_given:
        return application.guarantee_given.amount_fen
    if kind in (PaperKind.APPROVAL, PaperKind.DISBURSEMENT) and application.loan:
        return application.loan.amount_fen
    return application.amount_fen


def _void_overtaken(application: Application, row: ApplicationTransition, *, by: User, at: datetime) -> None:
    kinds = voided_by(row)
    if not kinds:
        return
    overtaken = application.papers.filter(paper__kind__in=kinds, paper__voided__isnull=True).select_related("paper")
    for one in overtaken:
        papers.void(one.paper, reason=_why_void(row), by=by, at=at)


def _why_void(row: ApplicationTransition) -> str:
    """复核后改判: what happened is reason enough for whoever holds the paper."""
    return str(MOVES[row.move])
