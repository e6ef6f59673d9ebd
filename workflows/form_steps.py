"""The steps in which an application is filled in, numbered once for the task list, its pages and what she is told."""

from enum import StrEnum
from typing import Final

from workflows.completeness import (
    AMOUNT,
    BUSINESS,
    CONSENTS,
    DOCUMENTS,
    PEOPLE,
    PERSON,
    SITUATION,
    completeness,
    section_of,
)
from workflows.models import Application


class FormStep(StrEnum):
    CONSENT = "consent"
    PERSON = "person"
    SITUATION = "situation"
    PROJECT = "project"
    AMOUNT = "amount"
    USE = "use"
    ACCOUNT = "account"
    PEOPLE = "people"
    DOCUMENTS = "documents"


ORDER: Final = tuple(FormStep)
USES: Final = "business.use_rows"
USES_DIFFER: Final = "business.use_rows_differ_from_amount"

_OF_SECTION: Final = {
    CONSENTS: FormStep.CONSENT,
    PERSON: FormStep.PERSON,
    SITUATION: FormStep.SITUATION,
    BUSINESS: FormStep.PROJECT,
    AMOUNT: FormStep.AMOUNT,
    PEOPLE: FormStep.PEOPLE,
    DOCUMENTS: FormStep.DOCUMENTS,
}


def step_of(code: str) -> FormStep:
    """The step in which what is missing is filled in."""
    return FormStep.USE if code in (USES, USES_DIFFER) else _OF_SECTION[section_of(code)]


def number_of(step: FormStep) -> int:
    """1 for the first."""
    return ORDER.index(step) + 1


def first_lacking(application: Application) -> FormStep | None:
    """The first step that lacks something; None where it may be looked over and handed in."""
    return min((step_of(code) for code in completeness(application)), key=number_of, default=None)
