"""Who may make such moves, but not this one: what she did before, or who she is related to, forbids it."""

from collections.abc import Iterable
from functools import cached_property
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
    refusal = _Ties(application).refusal_of(move, by)
    if refusal is not None:
        raise refusal


def free_of(application: "Application", move: str, people: Iterable[User]) -> list[User]:
    """Those of them whom nothing separates from the move, asked of the database once for all of them."""
    ties = _Ties(application)
    return [person for person in people if move in NOT_CHECKED or ties.refusal_of(move, person) is None]


def check_apart(application: "Application", *, through: int, by: User) -> None:
    """Raise the refusal that keeps this person from answering what is said against those who handled the case."""
    own = _Ties(application).own(by)
    if own is not None:
        raise own
    if is_involved(application, by, through=through):
        raise WasInvolved


def is_involved(application: "Application", by: User, *, through: int) -> bool:
    """Whether she moved the case up to that version, went on a visit, or settled a finding of it."""
    return (
        application.log.filter(by=by, version__lte=through).exists()
        or _has_surveyed(application, by)
        or application.findings.filter(settled_by=by).exists()
    )


def _has_surveyed(application: "Application", by: User) -> bool:
    return application.survey_reports.filter(Q(visitors__user=by) | Q(recorded_by=by)).exists()


class _Ties:
    """Who has to do with one case; each thing is looked up once, and not before it is asked for."""

    def __init__(self, application: "Application") -> None:
        self.application = application

    def refusal_of(self, move: str, by: User) -> Refusal | None:
        own = self.own(by)
        if own is not None:
            return own
        if move == "recommend" and by.pk in self._surveyors:
            return SurveyedHerself()
        if move == "overturn" and is_involved(self.application, by, through=self.application.version):
            return WasInvolved()
        return None

    def own(self, by: User) -> Refusal | None:
        """What separates her from every move of the case."""
        if by.pk in self._helpers:
            return HelperConflict()
        if (by.id_index and by.id_index in self._ids) or (by.mobile_index and by.mobile_index in self._mobiles):
            return Kinship()
        return None

    @cached_property
    def _helpers(self) -> set[int]:
        mandates = self.application.applicant.mandates.values_list("helper_id", flat=True)
        return {self.application.filled_by_id, *mandates}

    @cached_property
    def _surveyors(self) -> set[int]:
        reports = self.application.survey_reports.values_list("recorded_by_id", "visitors__user_id")
        return {person for pair in reports for person in pair}

    @cached_property
    def _people(self) -> list[tuple[str, str]]:
        """ID number and phone of her and of everybody named in the case, as blind indexes. Uses what was prefetched."""
        applicant = self.application.applicant
        household = [(one.id_index, one.mobile_index) for one in applicant.household.all()]
        parties = [(one.id_index, one.mobile_index) for one in applicant.parties.all()]
        return [(applicant.id_index, applicant.mobile_index), *household, *parties]

    @cached_property
    def _ids(self) -> set[str]:
        return {id_index for id_index, _mobile in self._people}

    @cached_property
    def _mobiles(self) -> set[str]:
        return {mobile_index for _id, mobile_index in self._people}
