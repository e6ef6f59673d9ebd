"""Who may make such moves, but not this one: what she did before, or who she is related to, forbids it."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from django.db.models import Min, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.models.user import UserKind
from records.refusals import Refusal

if TYPE_CHECKING:
    from workflows.models.application import Application, ApplicationQuerySet

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


class SteppedBack(Refusal):
    """Who has stepped back from a case has nothing more to do with it."""

    code = "stepped_back"
    status = 403
    message = _("这件您回避了，由别人来办。")


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
    first = first_parts([application], by=by).get(application.pk)
    return first is not None and first <= through


def first_parts(applications: Sequence["Application"], *, by: User) -> dict[int, int]:
    """From which version on she had a part in each of these cases, for those in which she had one; three queries.

    A visit and a word on a finding are no moves: they count from the beginning.
    """
    cases = _rows(applications)
    moved = cases.filter(log__by=by).values_list("pk").annotate(Min("log__version"))
    visited = surveyed(applications, by=by)
    settled = cases.filter(findings__settled_by=by).values_list("pk", flat=True)
    return dict(moved) | dict.fromkeys([*visited, *settled], 0)


def surveyed(applications: Sequence["Application"], *, by: User) -> set[int]:
    """Those of the cases in which she went on a visit, or wrote one down."""
    visits = Q(survey_reports__visitors__user=by) | Q(survey_reports__recorded_by=by)
    return set(_rows(applications).filter(visits).values_list("pk", flat=True))


def own_conflicts(applications: Sequence["Application"], *, by: User) -> dict[int, Refusal]:
    """What keeps her from each of these cases whatever the move: for one person and many cases what `check` asks."""
    cases = _rows(applications)
    related = cases.filter(_same_person(by)).values_list("pk", flat=True)
    helped = cases.filter(Q(filled_by=by) | Q(applicant__mandates__helper=by)).values_list("pk", flat=True)
    left = cases.filter(recusals__officer=by).values_list("pk", flat=True)
    # The last one stands, as it is the first that `check` names.
    return (
        {pk: SteppedBack() for pk in left} | {pk: Kinship() for pk in related} | {pk: HelperConflict() for pk in helped}
    )


def _rows(applications: Sequence["Application"]) -> "ApplicationQuerySet":
    """The cases as a query; by their own class, which imports this module."""
    return type(applications[0]).objects.filter(pk__in=[one.pk for one in applications])


def _same_person(by: User) -> Q:
    """Cases in which her own ID number or phone is named; where the office knows neither, none."""
    named = Q(pk__in=[])
    for index in ("id_index", "mobile_index"):
        if number := getattr(by, index):
            for who in ("applicant", "applicant__household", "applicant__parties"):
                named |= Q((f"{who}__{index}", number))
    return named


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
        if by.pk in self._stepped_back:
            return SteppedBack()
        return None

    @cached_property
    def _helpers(self) -> set[int]:
        mandates = self.application.applicant.mandates.values_list("helper_id", flat=True)
        return {self.application.filled_by_id, *mandates}

    @cached_property
    def _stepped_back(self) -> set[int]:
        return {one.officer_id for one in self.application.recusals.all()}

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
