"""Whom she can call: always an office, and a person there once somebody has taken her case."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from accounts.models import Organisation, User
from workflows.assigning import current_assignment
from workflows.audience import heads_of
from workflows.deadlines import office_of
from workflows.models import Application


class Call(NamedTuple):
    """One line of components/call.html."""

    role: str
    name: str
    phone: str


def holder_of_case(application: Application, *, role: str) -> list[Call]:
    """Whoever has the case; nobody while it is hers alone, or over."""
    assignment = current_assignment(application)
    if assignment is None:
        return []
    return [call(role, assignment.organisation, assignment.owner)]


def city_federation(application: Application) -> Call:
    """A head of the city federation, who answers for all offices."""
    office = office_of(application.city)
    return call(_("也可以找市妇联"), office, next(iter(heads_of(office)), None))


def about_the_loan(application: Application) -> list[Call]:
    """The bank that takes the money, and the town that knows her."""
    town = office_of(application.town)
    return [call(_("有困难，先打电话"), application.bank, None), call(_("也可以找镇妇联"), town, None)]


def call(role: str, office: Organisation, person: User | None) -> Call:
    name = f"{office.short_name} {person.name}" if person else office.short_name
    return Call(role, name, (person.phone if person else "") or office.phone)
