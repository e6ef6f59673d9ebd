"""What the bank offers beside what she asked for: old → new, for her to accept or not."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from django.utils.translation import gettext as _

from loans.models.loan import Method
from loans.money import percent
from workflows.models import Application
from workflows.wording import money


@dataclass(frozen=True)
class ChangedTerm:
    """One term that differs: its name, what she asked for or was quoted, what the bank offers."""

    name: str
    asked: str
    offered: str


class Terms(Protocol):
    """What the bank lends, or is about to: a loan, or terms that nobody has approved yet."""

    amount_fen: int
    annual_rate_ppm: int
    term_months: int
    method: str


def changed_terms(application: Application) -> list[ChangedTerm]:
    """The differences in the order in which she cares for them; empty where there is no loan, or none differs."""
    return differences(application, application.loan) if application.loan else []


def differences(application: Application, offered: Terms) -> list[ChangedTerm]:
    """What of these terms isn't as she asked for it, or was quoted."""
    return list(_differences(application, offered))


def _differences(application: Application, offered: Terms) -> Iterator[ChangedTerm]:
    policy = application.policy
    assert application.amount_fen is not None
    if offered.amount_fen != application.amount_fen:
        yield ChangedTerm(_("金额"), money(application.amount_fen), money(offered.amount_fen))
    if offered.term_months != application.term_months:
        yield ChangedTerm(_("期限"), _months(application.term_months or 0), _months(offered.term_months))
    if offered.method != application.method:
        yield ChangedTerm(_("还款方式"), str(Method(application.method).label), str(Method(offered.method).label))
    if offered.annual_rate_ppm > policy.annual_rate_ppm:
        yield ChangedTerm(_("年利率"), f"{percent(policy.annual_rate_ppm)}%", f"{percent(offered.annual_rate_ppm)}%")


def _months(term_months: int) -> str:
    return _("%(months)s 个月") % {"months": term_months}
