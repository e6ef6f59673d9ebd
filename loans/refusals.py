"""What people can't do with money, in words that say what to do; and how the database's own refusals get them."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from loans.money import format_yuan
from records.refusals import Refusal


@contextmanager
def named(refusals: Mapping[str, Callable[[], Refusal]]) -> Iterator[None]:
    """Run the block in a savepoint; where the database refuses it with one of these codes, raise the refusal.

    A code is what a trigger says, the name of a constraint, or a unique column. Other errors go on as they were.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        # PostgreSQL goes on to quote statements and values, which may well contain a code.
        said = str(error).partition("\n")[0]
        refusal = next((make for code, make in refusals.items() if code in said), None)
        if refusal is None:
            raise
        raise refusal() from error


class ShortOfMoney(Refusal):
    """A refusal that says how much is missing, in fen."""

    def __init__(self, short_fen: int = 0) -> None:
        super().__init__(short_fen)
        self.short_fen = short_fen

    def __str__(self) -> str:
        return str(self.message) % {"short": format_yuan(self.short_fen)}


class PoolExhausted(ShortOfMoney):
    """The pool can't carry so much: a guarantee too large, a withdrawal or a leverage cut too deep."""

    code = "pool_exhausted"
    message = _("担保额度不够，还差 %(short)s 元。等有人还款或财政局存入后再办。")


class PoolOverLimit(ShortOfMoney):
    """A compensation has left the pool over its limit; until that is covered it promises nothing."""

    code = "pool_over_limit"
    message = _("担保基金超限 %(short)s 元，补上以前不能新做担保。找财政局存入或等还款。")


class LetterNumberUsed(Refusal):
    """Another guarantee has this letter number."""

    code = "letter_number_used"
    message = _("这个担保函号用过了，换一个。")


class GuaranteeResolved(Refusal):
    """The guarantee was posted, voided or expired before, or called: it is in no phase to do this in."""

    code = "guarantee_resolved"
    message = _("这笔担保已经生效、撤销或失效，先看担保流水。")


class PayoutIsOut(Refusal):
    """The bank may be paying at this very moment: nothing under it may be taken away."""

    code = "payout_is_out"
    message = _("放款指令已经发给农信，等放款结果出来再办。")


class VoucherUsed(Refusal):
    """The pool has a movement of money under this voucher number."""

    code = "voucher_used"
    message = _("这个凭证号登记过了，核对后换一个。")


class NoPolicyInForce(Refusal):
    """On that day the programme has no policy."""

    code = "no_policy_in_force"
    message = _("这一天没有生效的政策，让市妇联先发布。")


class PolicyStartsTwice(Refusal):
    """The programme has a policy of that version, or one that begins on that day."""

    code = "policy_starts_twice"
    message = _("这个版本号或生效日期已经有政策了，换一个。")


class DraftIsWritten(Refusal):
    """One draft of a programme's policy is written at a time."""

    code = "draft_is_written"
    message = _("已经有一份草稿在写，接着那一份写。")


class DraftSettled(Refusal):
    """The draft was proposed, or given up: nothing of it changes any more."""

    code = "draft_settled"
    message = _("这份草稿已经提交或作废，要改就另起一份。")


class ContractNumberUsed(Refusal):
    """Another loan has this contract number."""

    code = "contract_number_used"
    message = _("这个合同号用在另一笔贷款上了，核对后再填。")


class PaymentAlreadyRecorded(Refusal):
    """Another loan was paid out under this serial or with this loan number of the bank."""

    code = "payment_already_recorded"
    message = _("这个流水号或借据号登记过了，和银行核对。")


class PayoutNotReleased(Refusal):
    """No payout instruction has been released by a second person."""

    code = "payout_not_released"
    message = _("放款指令还没有复核，先由另一个人复核。")


class InstructionWaits(Refusal):
    """The loan has a payout instruction already."""

    code = "instruction_waits"
    message = _("这笔已经有放款指令了，先看它的结果。")


class NoPayoutAccount(Refusal):
    """She has given no account to pay to."""

    code = "no_payout_account"
    message = _("还没有收款账户，让她先补上。")


class LoanNotRepaying(Refusal):
    """The loan isn't one on which repayments are recorded now: not paid out, settled, or compensated."""

    code = "loan_not_repaying"
    message = _("这笔贷款现在不收还款，先看它的状态。")


class RepaymentAlreadyRecorded(Refusal):
    """A payment with this serial of the bank is recorded; nothing was recorded twice."""

    code = "repayment_already_recorded"
    message = _("这个流水号的还款登记过了，没有重复入账。")


class RepaymentAlreadyReversed(Refusal):
    """A repayment is reversed once, and a reversal never."""

    code = "repayment_already_reversed"
    message = _("这笔已经冲正过了，不用再冲。")


class Overpaid(ShortOfMoney):
    """More than she owes, in fen."""

    code = "overpaid"
    message = _("比还清还多 %(short)s 元。按还清的金额登记，多的退给她。")


class ChangedAlready(Refusal):
    """A plan is extended once and recalled once, and a recalled one isn't extended."""

    code = "plan_changed_already"
    message = _("这笔已经展期或收回过，或者正等复核，不能再改。")


class ExtensionTooLate(Refusal):
    """An extension is asked for, and carried out, before the last day is over."""

    code = "extension_after_maturity"
    message = _("已经过了到期日，不能展期。")


class ExtensionTooLong(Refusal):
    """An extension is a year at most."""

    code = "extension_too_long"
    message = _("展期最多一年，选早一点的日子。")


class ExtensionWithoutConsent(Refusal):
    """The guarantor and the counter-guarantors agree before a loan is extended."""

    code = "extension_without_consent"
    message = _("先要担保公司和反担保人同意，记下来再展期。")


class NotOverdueEnough(Refusal):
    """The guarantor pays for her only after so many days overdue."""

    code = "not_overdue_enough"
    message = _("逾期超过 %(needed)s 天才能代偿，现在是 %(days)s 天。")

    def __init__(self, days: int = 0, needed: int = 0) -> None:
        super().__init__(days, needed)
        self.days, self.needed = days, needed

    def __str__(self) -> str:
        return str(self.message) % {"days": self.days, "needed": self.needed}


class LoanNotGuaranteed(Refusal):
    """No pool stands behind this loan."""

    code = "loan_not_guaranteed"
    message = _("这笔贷款没有担保，不能代偿。")


class CompensatedAlready(Refusal):
    """A loan is compensated once."""

    code = "compensated_already"
    message = _("这笔已经代偿过了，不能再代偿。")


class NotCompensated(Refusal):
    """Nothing is recovered or written off but a claim, and there is none: not yet, or no more."""

    code = "not_compensated"
    message = _("这笔没有要追的代偿款，不能追回或核销。")


class ProposalOutdated(Refusal):
    """What she owes changed after the proposal was written."""

    code = "proposal_outdated"
    message = _("提交之后本金变了，按现在的本金重新提交。")


class RecoveredTooMuch(ShortOfMoney):
    """More than is left to recover, in fen."""

    code = "recovered_too_much"
    message = _("比要追回的还多 %(short)s 元，核对金额。")
