"""Word to the women once the treasury has paid their part: how much comes, and on which card."""

from collections import defaultdict
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from loans.models import ClaimLine, Loan, SubsidyClaim
from loans.models.policy import SubsidyPayment
from loans.money import format_yuan
from records import outbox


def tell_them(claim: SubsidyClaim, *, at: datetime) -> None:
    """Owe one SMS for each loan whose part is put on her card; who has no phone reads it on her page."""
    lines: dict[Loan, list[ClaimLine]] = defaultdict(list)
    refunded = claim.lines.filter(payment=SubsidyPayment.REFUND).exclude(agreed_fen=0)
    for line in refunded.select_related("loan__applicant__user__phone_number", "loan__bank").order_by("loan_id"):
        lines[line.loan].append(line)
    for loan, rows in lines.items():
        fen = sum(one.agreed_fen or 0 for one in rows)
        mobile = _mobile_of(loan)
        if fen > 0 and mobile:
            once = f"{claim.number}:{loan.number}:subsidy_paid"
            text = _words(loan, fen)
            outbox.text_message(mobile=mobile, kind="subsidy_paid", text=text, about=loan.number, once=once, at=at)


def _words(loan: Loan, fen: int) -> str:
    words = {"yuan": format_yuan(fen), "bank": loan.bank.short_name, "tail": loan.applicant.account_no[-4:]}
    # Messages to her are Chinese, whatever language the officer works in.
    with override("zh-hans"):
        return _("政府贴息 %(yuan)s 元到%(bank)s了，会退到您尾号 %(tail)s 的卡里。") % words


def _mobile_of(loan: Loan) -> str:
    phone = getattr(loan.applicant.user, "phone_number", None)
    return loan.applicant.mobile or (phone.mobile if phone else "")
