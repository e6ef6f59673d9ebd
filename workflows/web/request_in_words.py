"""What she says yes to, in words: who filled it in, how much, what for, who sees it, where the money goes."""

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.web.parts import SummaryRow
from applicants.identity import NotValid, mask_mobile, read_mobile
from applicants.models import Mandate
from applicants.models.consent import Recipient
from loans.money import format_yuan
from loans.policies import quote_for
from loans.policy_wording import term_words
from loans.subsidy import SubsidyPayment
from workflows.completeness import needed_consents
from workflows.helping_notices import helper_in_words
from workflows.models import Application
from workflows.wording import money

OFFICES: dict[Recipient, Promise | str] = {
    Recipient.FEDERATION: gettext_lazy("妇联"),
    Recipient.GUARANTOR: gettext_lazy("担保公司"),
    Recipient.BANK: gettext_lazy("农信"),
    Recipient.FINANCE: gettext_lazy("财政局"),
}


def rows_of_request(case: Application, mandate: Mandate) -> list[SummaryRow]:
    """Of a case that is filled in; nothing here names her."""
    business = case.applicant.business
    uses = _("、").join(row["use"] for row in case.use_rows)
    offices = _("、").join(str(OFFICES[one]) for one in needed_consents(case))
    helper = mandate.helper
    return [
        SummaryRow(_("谁替您填的"), helper_in_words(helper), note=_phone(helper.phone)),
        SummaryRow(_("贷多少"), _amount(case), note=_cost(case)),
        SummaryRow(_("做什么"), business.get_project_type_display(), note=uses),
        SummaryRow(_("谁会看您的材料"), offices),
        _account(case),
    ]


def _phone(phone: str) -> str:
    """An office's number as it is; somebody's own mobile masked."""
    try:
        return mask_mobile(read_mobile(phone))
    except NotValid:
        return phone


def _amount(case: Application) -> str:
    assert case.amount_fen is not None
    assert case.term_months is not None
    return _("%(amount)s，%(term)s") % {"amount": money(case.amount_fen), "term": term_words(case.term_months)}


def _cost(case: Application) -> str:
    assert case.amount_fen is not None
    assert case.term_months is not None
    quote = quote_for(
        case.policy,
        amount_fen=case.amount_fen,
        term_months=case.term_months,
        method=case.method,
        start_on=timezone.localdate(),
    )
    names = {
        "amount": money(case.amount_fen),
        "interest": format_yuan(quote.total_interest_fen),
        "subsidy": format_yuan(quote.subsidy_fen),
    }
    if quote.subsidy_payment == SubsidyPayment.WAIVED:
        return _("到期要还清 %(amount)s。利息 %(interest)s 元，政府出 %(subsidy)s 元，不用您先付。") % names
    if quote.subsidy_fen == quote.total_interest_fen:
        return _("到期要还清 %(amount)s。利息 %(interest)s 元，您先付，政府退。") % names
    return _("到期要还清 %(amount)s。利息 %(interest)s 元，您先付，政府退 %(subsidy)s 元。") % names


def _account(case: Application) -> SummaryRow:
    her = case.applicant
    if not her.account_no:
        return SummaryRow(_("钱打到"), _("还没有卡，签约的时候办"))
    names = {"bank": case.bank.short_name, "tail": her.account_no[-4:]}
    return SummaryRow(_("钱打到"), _("%(bank)s，尾号 %(tail)s") % names, note=_("要是您本人的卡"))
