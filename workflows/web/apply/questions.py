"""What the larger steps ask, one question a page: in their order, each with its own address."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from applicants.models.applicant import MaritalStatus
from applicants.models.business import Proof
from applicants.models.household import Relation
from workflows.models import Application
from workflows.web.apply import steps
from workflows.web.apply.steps import AT_HOME, PERSONAL, PROJECT, REQUEST, Step

Says = Callable[[Application], bool]


@dataclass(frozen=True)
class Question:
    """One page: the last part of its address, and the fields of the step's form that it shows."""

    step: Step
    name: str
    fields: tuple[str, ...]
    is_answered: Says
    is_asked: Says = lambda case: True
    unit: Promise | str = ""
    width: str = ""

    @property
    def url(self) -> str:
        return reverse(self.step.page, args=[self.name])


def _of_person(name: str, field: str, *more: str, width: str = "") -> Question:
    def is_answered(case: Application) -> bool:
        return bool(getattr(case.applicant, field))

    return Question(PERSONAL, name, (field, *more), is_answered, width=width)


def _of_situation(name: str, field: str) -> Question:
    """None is 「不清楚」 once she has come to whether she is married, which is asked last; before it is nothing."""

    def is_answered(case: Application) -> bool:
        return getattr(case.applicant, field) is not None or bool(case.applicant.marital_status)

    return Question(AT_HOME, name, (field,), is_answered)


def _of_project(name: str, field: str, *, unit: Promise | str = "", width: str = "") -> Question:
    def is_answered(case: Application) -> bool:
        return getattr(case.applicant.business, field) not in (None, "")

    return Question(PROJECT, name, (field,), is_answered, unit=unit, width=width)


def _of_request(name: str, field: str, kept: str) -> Question:
    return Question(REQUEST, name, (field,), lambda case: bool(getattr(case, kept)))


def _has_spouse(case: Application) -> bool:
    return case.applicant.household.filter(relation=Relation.SPOUSE).exists()


QUESTIONS: Final[tuple[Question, ...]] = (
    _of_person("name", "full_name", width="m"),
    _of_person("id-number", "id_no"),
    _of_person("village", "village", "find", "town"),
    # She may leave it empty; whoever has a village has come past it.
    Question(PERSONAL, "address", ("address",), lambda case: case.applicant.village_id is not None),
    _of_situation("registered", "registered_in_city"),
    _of_situation("home", "resides_in_city"),
    _of_situation("payroll", "on_public_payroll"),
    _of_situation("loans", "other_loans"),
    _of_situation("overdue", "has_overdue_debt"),
    _of_situation("married", "marital_status"),
    Question(
        AT_HOME,
        "spouse",
        ("spouse_name", "spouse_id_no"),
        _has_spouse,
        is_asked=lambda case: bool(case.applicant.marital_status == MaritalStatus.MARRIED),
    ),
    _of_project("trade", "project_type"),
    _of_project("site", "site"),
    _of_project("since", "started"),
    _of_project("income", "income_band"),
    _of_project("jobs", "jobs", unit=_("人"), width="s"),
    _of_project("proof", "proof"),
    Question(
        PROJECT,
        "licence",
        ("licence_no",),
        lambda case: True,
        is_asked=lambda case: bool(case.applicant.business.proof == Proof.LICENCE),
    ),
    _of_request("sum", "amount", "amount_fen"),
    _of_request("term", "term_months", "term_months"),
    _of_request("method", "method", "method"),
)


def questions_of(step: Step, case: Application) -> list[Question]:
    """What the step asks her, in its order; empty where the step is one page."""
    return [one for one in QUESTIONS if one.step is step and one.is_asked(case)]


def question_of(field: str) -> Question:
    """The page on which a field is asked."""
    return next(one for one in QUESTIONS if field in one.fields)


def url_of(step: Step, case: Application) -> str:
    """Where a step is taken up: at its first open question, else at its first."""
    asked = questions_of(step, case)
    open_ones = (one for one in asked if not one.is_answered(case))
    first = next(open_ones, asked[0] if asked else None)
    return first.url if first else reverse(step.page)


def onward_url(case: Application, *, after: Step, question: Question | None, is_by_helper: bool) -> str:
    """The next question of the step, else the next step that isn't done, else the answers to look over."""
    asked = questions_of(after, case)
    if question in asked[:-1]:
        return asked[asked.index(question) + 1].url
    following = steps.progress_of(case, is_by_helper=is_by_helper).next_after(after)
    return url_of(following, case) if following else reverse(steps.REVIEW)


def review_url(case: Application, step: Step) -> str:
    """Back to the answers; by way of what a changed answer asks anew, as of a spouse after 「已婚」."""
    anew = next((one for one in questions_of(step, case) if not one.is_answered(case)), None)
    return f"{anew.url}?from=review" if anew else reverse(steps.REVIEW)
