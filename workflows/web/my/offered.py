"""What the bank offers: terms that differ from what she asked for, and where and until when to sign."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from accounts.calendars import calendar_in_force
from accounts.models import Organisation
from accounts.web.parts import Fact
from loans import policy_wording
from loans.models import Loan
from loans.money import percent
from workflows import expiry, signing_appointments
from workflows.models import Application, SigningAppointment
from workflows.offers import ChangedTerm, changed_terms
from workflows.states import State
from workflows.wording import money


@dataclass(frozen=True)
class Changed:
    """Old → new, and what the bank wrote why."""

    bank: str
    changes: Sequence[ChangedTerm]
    why: str


@dataclass(frozen=True)
class Signing:
    """Where to sign, until when, and what is signed. `needs_card`: she has told no account yet."""

    bank: Organisation
    until: date
    terms: Sequence[Fact]
    needs_card: bool
    appointment: SigningAppointment | None


def changed(application: Application) -> Changed | None:
    """None where nothing waits for her yes."""
    if application.state != State.TERMS_OFFERED:
        return None
    approvals = [row for row in application.log.all() if row.move == "approve_loan"]
    return Changed(application.bank.short_name, changed_terms(application), approvals[-1].reason)


def signing(application: Application, *, at: datetime) -> Signing | None:
    """None where there is nothing to sign."""
    if application.state != State.SIGNING or application.loan is None:
        return None
    return Signing(
        bank=application.bank,
        until=expiry.last_day_of(application, calendar=calendar_in_force()),
        terms=terms_of(application.loan),
        needs_card=not application.applicant.account_no,
        appointment=signing_appointments.coming(application, at=at),
    )


def terms_of(loan: Loan) -> list[Fact]:
    """What is lent, on which terms, and who pays the interest."""
    return [
        Fact(_("金额"), money(loan.amount_fen)),
        Fact(_("期限"), policy_wording.term_words(loan.term_months)),
        Fact(_("年利率"), f"{percent(loan.annual_rate_ppm)}%"),
        Fact(_("怎么还"), str(loan.get_method_display())),
        Fact(_("贴息"), str(policy_wording.SUBSIDY[loan.policy.subsidy_regime])),
    ]
