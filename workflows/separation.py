"""Who may make such moves, but not this one: what she did before, or who she is related to, forbids it."""

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.models.user import UserKind
from records.refusals import Refusal

if TYPE_CHECKING:
    from workflows.models.application import Application

# Hers, or time's: nobody checks herself by these.
NOT_CHECKED = frozenset(
    {
        "submit",
        "confirm",
        "request_consent",
        "supply",
        "accept_terms",
        "decline_terms",
        "withdraw",
        "freeze",
        "expire",
    }
)


class HelperConflict(Refusal):
    """A helper never handles the case that she filled in."""

    code = "helper_conflict"
    status = 403
    message = _("这件是您代办的，要由别人审核。")


class SurveyedHerself(Refusal):
    """Who visited, or wrote the visit down, doesn't recommend."""

    code = "surveyed_it_yourself"
    status = 403
    message = _("走访是您做的，推荐要由另一个人来定。")


class Kinship(Refusal):
    """An officer whose own household the case is about steps back, and so does one who is named in it."""

    code = "kinship"
    status = 403
    message = _("这件和您家有关系，要回避，由别人来办。")


class WasInvolved(Refusal):
    """An appeal is decided by a leader who had no part in the case."""

    code = "was_involved"
    status = 403
    message = _("这件您经手过，复核要由没经手的领导来定。")


def check(application: "Application", move: str, *, by: User) -> None:
    """Raise the refusal that separates this person from this move. Triggers hold the same (workflows/triggers.py)."""
    if move in NOT_CHECKED or by.kind != UserKind.STAFF:
        return
    _check_own(application, by)
    if move == "recommend" and _has_surveyed(application, by):
        raise SurveyedHerself
    if move == "overturn" and is_involved(application, by, through=application.version):
        raise WasInvolved


def check_apart(application: "Application", *, through: int, by: User) -> None:
    """Raise the refusal that keeps this person from answering what is said against those who handled the case."""
    _check_own(application, by)
    if is_involved(application, by, through=through):
        raise WasInvolved


def is_involved(application: "Application", by: User, *, through: int) -> bool:
    """Whether she moved the case up to that version, went on a visit, or settled a finding of it."""
    return (
        application.log.filter(by=by, version__lte=through).exists()
        or _has_surveyed(application, by)
        or application.findings.filter(settled_by=by).exists()
    )


def _check_own(application: "Application", by: User) -> None:
    if application.filled_by_id == by.pk or application.applicant.mandates.filter(helper=by).exists():
        raise HelperConflict
    if _is_related(application, by):
        raise Kinship


def _has_surveyed(application: "Application", by: User) -> bool:
    return application.survey_reports.filter(Q(visitors__user=by) | Q(recorded_by=by)).exists()


def _is_related(application: "Application", by: User) -> bool:
    applicant = application.applicant
    household = list(applicant.household.values_list("id_index", "mobile_index"))
    parties = list(applicant.parties.values_list("id_index", "mobile_index"))
    people = [(applicant.id_index, applicant.mobile_index), *household, *parties]
    return any(
        (by.id_index and by.id_index == id_index) or (by.mobile_index and by.mobile_index == mobile_index)
        for id_index, mobile_index in people
    )
