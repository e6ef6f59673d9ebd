"""What can't be done with a claim, in words that say what to do."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from accounts.templatetags.page import zh_date
from loans.money import format_yuan
from records.refusals import Refusal


class ClaimTooEarly(Refusal):
    """The quarter's interest date isn't over."""

    code = "claim_too_early"
    message = _("本季还没到结息日。%(day)s起可以申报。")

    def __init__(self, opens_on: date) -> None:
        super().__init__(opens_on)
        self.opens_on = opens_on

    def __str__(self) -> str:
        return str(self.message) % {"day": zh_date(self.opens_on)}


class ClaimedAlready(Refusal):
    """A quarter is claimed once; what was wrong in it is adjusted in the next claim."""

    code = "claimed_already"
    message = _("这一季报过了，不能再报。数目不对，下一季用调整行改。")


class ClaimNotWithTheBank(Refusal):
    """Handed in; the treasury has to send it back first."""

    code = "claim_is_handed_in"
    message = _("已经报上去了，要改先请财政局退回。")


class ClaimNotComputed(Refusal):
    """Some of its loans haven't been computed."""

    code = "claim_not_computed"
    message = _("还没有算完，算完再提交。")


class NothingToClaim(Refusal):
    """No loan of the programme owed anything in that quarter."""

    code = "nothing_to_claim"
    message = _("这一季没有要贴息的贷款，不用申报。")


class ClaimedMore(Refusal):
    """More than our figure, and no reason given."""

    code = "over_without_reason"
    message = _("%(loan)s 比系统算的多 %(more)s 元，写明原因再报。")

    def __init__(self, loan: str, more_fen: int) -> None:
        super().__init__(loan, more_fen)
        self.loan, self.more_fen = loan, more_fen

    def __str__(self) -> str:
        return str(self.message) % {"loan": self.loan, "more": format_yuan(self.more_fen)}


class ExcludedDays(Refusal):
    """Days for which the treasury doesn't pay, whatever reason is given."""

    code = "excluded_days"
    message = _("%(loan)s 有不贴息的天数：%(why)s。这些天不能报。")

    def __init__(self, loan: str, why: str) -> None:
        super().__init__(loan, why)
        self.loan, self.why = loan, why

    def __str__(self) -> str:
        return str(self.message) % {"loan": self.loan, "why": self.why}


class RowsAreOpen(Refusal):
    """Rows that differ wait for the treasury's word, or for the bank's answer."""

    code = "claim_has_open_rows"
    message = _("还有 %(rows)s 行没有定，逐行定了再通过。")

    def __init__(self, rows: int) -> None:
        super().__init__(rows)
        self.rows = rows

    def __str__(self) -> str:
        return str(self.message) % {"rows": self.rows}


class ReviewIsProposed(Refusal):
    """One officer has put it to another: what they agree on doesn't change meanwhile."""

    code = "review_is_proposed"
    message = _("已经提交复核，等另一位同事决定，现在不能改。")


class StoppedAlready(Refusal):
    """The subsidy of a loan is stopped once."""

    code = "subsidy_stopped_already"
    message = _("这笔贷款已经停止贴息了。")
