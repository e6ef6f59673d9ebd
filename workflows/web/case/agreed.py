"""What offices have said about a case, stage by stage; what she has been asked for, and why she was refused."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.web.parts import Fact
from loans.models import Guarantee, Loan
from loans.money import percent
from workflows.missing_items import open_request
from workflows.models import Application, DeclineReason
from workflows.states import State
from workflows.web.case.seconds import instruction_of, open_proposal_of
from workflows.wording import day, item_name, money


@dataclass(frozen=True)
class Asked:
    """What she has been asked for, and until when."""

    items: list[Fact]
    due: str


def agreements_of(application: Application) -> list[Fact]:
    """In the order of the stages; what nobody has said yet isn't there."""
    return [
        *_recommended(application),
        *_early(application),
        *_guaranteed(application),
        *_lent(application.loan),
        *_being_paid(application),
    ]


def asked_of(application: Application) -> Asked | None:
    """The open list of what is missing."""
    request = open_request(application) if application.state == State.SUPPLEMENT else None
    if request is None:
        return None
    return Asked([Fact(item_name(item["kind"]), item["why"]) for item in request.items], day(request.due_on))


def reasons_of(application: Application) -> list[DeclineReason]:
    """Why it was declined, the last time."""
    if application.state != State.DECLINED:
        return []
    return list(application.decline_reasons.filter(version=application.version))


def _recommended(application: Application) -> Iterator[Fact]:
    row = next((row for row in reversed(application.log.all()) if row.move == "recommend"), None)
    if row is not None:
        words = {"opinion": row.reason, "name": row.by, "day": day(timezone.localdate(row.at))}
        yield Fact(_("妇联意见"), _("推荐。%(opinion)s（%(day)s %(name)s）") % words)


def _early(application: Application) -> Iterator[Fact]:
    for one in application.early_opinions.select_related("organisation", "recorded_by"):
        outcome, note = one.get_outcome_display(), one.note
        yield Fact(str(one.get_kind_display()), f"{outcome}，{note}" if note else str(outcome))


def _guaranteed(application: Application) -> Iterator[Fact]:
    proposal = open_proposal_of(application)
    if proposal is not None:
        words = {"amount": money(proposal.amount_fen), "name": proposal.decision.proposed_by}
        yield Fact(_("担保提请"), _("%(amount)s，%(name)s 提的，等另一位复核") % words)
    given: Guarantee | None = application.guarantee_given
    if given is None:
        return
    yield Fact(_("担保"), _("%(amount)s，%(letter)s") % {"amount": money(given.amount_fen), "letter": given.letter_no})
    for counter in given.counter_guarantees.all():
        yield Fact(_("反担保"), f"{counter.get_kind_display()}：{counter.description}")


def _lent(loan: Loan | None) -> Iterator[Fact]:
    if loan is None:
        return
    words = {
        "amount": money(loan.amount_fen),
        "months": loan.term_months,
        "rate": percent(loan.annual_rate_ppm),
        "method": loan.get_method_display(),
    }
    yield Fact(_("贷款"), _("%(amount)s，%(months)s 个月，年利率 %(rate)s%%，%(method)s") % words)
    if loan.contract_no and loan.signed_on:
        yield Fact(_("合同"), _("%(number)s，%(day)s签") % {"number": loan.contract_no, "day": day(loan.signed_on)})
    if loan.bank_serial and loan.disbursed_on:
        words = {"day": day(loan.disbursed_on), "serial": loan.bank_serial, "number": loan.bank_loan_no}
        yield Fact(_("放款"), _("%(day)s到账，流水号 %(serial)s，借据号 %(number)s") % words)


def _being_paid(application: Application) -> Iterator[Fact]:
    instruction = instruction_of(application) if application.state == State.PAYOUT else None
    if instruction is None:
        return
    words = {"amount": money(instruction.amount_fen), "name": instruction.decision.proposed_by}
    if instruction.released_at is None:
        yield Fact(_("放款指令"), _("%(amount)s，%(name)s 写的，等另一位复核") % words)
    else:
        words["second"] = instruction.decision.decided_by
        yield Fact(_("放款指令"), _("%(amount)s，%(name)s 写，%(second)s 复核，等银行回执") % words)
