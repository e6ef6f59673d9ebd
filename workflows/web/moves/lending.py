"""What the bank does with a case: approve, sign, and pay out, two people at a time."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.web.parts import Fact
from applicants.identity import mask_account
from loans.money import capitals, format_yuan
from records.models.decision import Outcome
from records.refusals import MoveNotOpen
from workflows.models import Application
from workflows.offers import differences
from workflows.stages import disbursement
from workflows.web.case.seconds import instruction_of
from workflows.web.forms.lending import ApprovalForm, ContractForm, PaymentForm
from workflows.web.moves.acts import Act, bare, seen
from workflows.web.moves.appointing import APPOINTMENT_TEMPLATE, appointments_beside
from workflows.web.moves.guaranteeing import early_form, second_form
from workflows.web.moves.judging import (
    REASONS_TEMPLATE,
    reasons_form,
    reasons_preview,
    with_reason,
    with_reasons,
    words_form,
)
from workflows.wording import MOVES

PAYOUT_TEMPLATE = "workflows/case/acts/payout.html"


def approval_preview(application: Application, form: Any) -> dict[str, Any]:
    """What isn't as she asked for it."""
    return {"differences": differences(application, form.terms()), "is_compared": True}


def payment_beside(application: Application) -> dict[str, Any]:
    """Who is paid, how much, and to which account."""
    applicant, loan = application.applicant, application.loan
    if loan is None:
        return {}
    bank = applicant.account_bank.short_name if applicant.account_bank else ""
    account = f"{bank} {mask_account(applicant.account_no)}" if applicant.account_no else _("还没有收款账户")
    return {
        "payment": [
            Fact(_("户名"), applicant.full_name),
            Fact(_("账户"), account.strip()),
            Fact(_("金额"), f"{format_yuan(loan.amount_fen)} {_('元')}"),
            Fact(_("大写"), capitals(loan.amount_fen)),
            Fact(_("合同"), loan.contract_no or ""),
        ]
    }


def _approval_form(application: Application, sent: Any, _today: date) -> ApprovalForm:
    return ApprovalForm(sent, application=application, initial=seen(application))


def _contract_form(application: Application, sent: Any, today: date) -> ContractForm:
    return ContractForm(sent, application=application, today=today, initial=seen(application))


def _payment_form(application: Application, sent: Any, today: date) -> PaymentForm:
    loan = application.loan
    initial = {"paid_on": today, "amount": loan.amount_fen if loan else None}
    return PaymentForm(sent, initial=initial | seen(application))


def _approve(application: Application, form: Any, by: User, at: datetime) -> object:
    given = form.cleaned_data
    return disbursement.approve_loan(
        application, terms=form.terms(), reason=given["reason"], by=by, at=at, version=given["version"]
    )


def _sign(application: Application, form: Any, by: User, at: datetime) -> object:
    given = form.cleaned_data
    return disbursement.sign(
        application,
        contract_no=given["contract_no"],
        signed_on=given["signed_on"],
        account=given["account_no"],
        by=by,
        at=at,
        version=given["version"],
    )


def _instruct(application: Application, form: Any, by: User, at: datetime) -> object:
    return disbursement.instruct_payout(application, by=by, at=at)


def _release(application: Application, form: Any, by: User, at: datetime) -> object:
    instruction = instruction_of(application)
    if instruction is None:
        raise MoveNotOpen("release_payout", application.state)
    return disbursement.release_payout(instruction, outcome=Outcome(form.cleaned_data["outcome"]), by=by, at=at)


def _disburse(application: Application, form: Any, by: User, at: datetime) -> object:
    return disbursement.disburse(
        application, payment=form.payment(), by=by, at=at, version=form.cleaned_data["version"]
    )


def _record_credit(application: Application, form: Any, by: User, at: datetime) -> object:
    given = form.cleaned_data
    return disbursement.record_credit(application, outcome=given["outcome"], note=given["note"], by=by, at=at)


ACTS = (
    Act(
        "approve_loan",
        MOVES["approve_loan"],
        _approval_form,
        _approve,
        done=gettext_lazy("审批交上了，她会收到短信。"),
        template="workflows/case/acts/approval.html",
        preview=approval_preview,
    ),
    Act(
        "sign",
        MOVES["sign"],
        _contract_form,
        _sign,
        done=gettext_lazy("签约登记好了，接着写放款指令。"),
        template=APPOINTMENT_TEMPLATE,
        beside=appointments_beside,
    ),
    Act(
        "instruct_payout",
        gettext_lazy("写放款指令"),
        bare,
        _instruct,
        done=gettext_lazy("放款指令写好了，等另一位同事复核。"),
        hint=gettext_lazy("核对户名、账号、金额，由另一位同事复核后才打款。"),
        template=PAYOUT_TEMPLATE,
        beside=payment_beside,
    ),
    Act(
        "release_payout",
        gettext_lazy("复核放款指令"),
        second_form,
        _release,
        done=gettext_lazy("复核完了。"),
        template=PAYOUT_TEMPLATE,
        beside=payment_beside,
    ),
    Act(
        "disburse",
        MOVES["disburse"],
        _payment_form,
        _disburse,
        done=gettext_lazy("放款记好了，她会收到短信。"),
        template=PAYOUT_TEMPLATE,
        beside=payment_beside,
    ),
    Act(
        "payout_failed",
        MOVES["payout_failed"],
        words_form,
        with_reason(disbursement.payout_failed),
        is_no=True,
        done=gettext_lazy("记下了，请她换卡再签。"),
        hint=gettext_lazy("写明为什么没打成，比如账号已销户。她会看到，换好卡再签。"),
    ),
    Act(
        "refuse_loan",
        MOVES["refuse_loan"],
        reasons_form,
        with_reasons(disbursement.refuse_loan),
        is_no=True,
        done=gettext_lazy("不批贷款，她会看到原因和能怎么办。"),
        template=REASONS_TEMPLATE,
        preview=reasons_preview,
    ),
    Act(
        "record_credit",
        gettext_lazy("先写征信结论"),
        early_form,
        _record_credit,
        done=gettext_lazy("征信结论记下了。"),
        hint=gettext_lazy("只写结论，不传征信报告。到了审批环节还要正式审批。"),
    ),
)
