"""The account to which her loan is paid: the one of her form, or the one that she brings when she signs.

A card that the bank opens for her, and another one after a payment that failed, are written down at the bank, where she
stands with her identity card; a second officer compares it before the money leaves, and she reads its end in the log.
"""

from django.utils.translation import gettext as _

from applicants.identity import BankAccount
from applicants.profiles import save_account
from records.refusals import FieldError, Invalid
from workflows.models import Application


def settle(case: Application, account: BankAccount | None) -> str:
    """Keep the account that she brought, and say so for the log; "" where the one of her form stands.

    Raises Invalid where there is none at all: a contract without an account can't be paid.
    """
    her = case.applicant
    if account is not None and account.text != her.account_no:
        save_account(her, account_no=account.text, bank=case.bank)
        return _("收款账户 %(masked)s") % {"masked": her.masked_account}
    if not her.account_no:
        raise Invalid(FieldError("account_no", "account_no_blank", _("她还没有收款账户，写上办好的卡号")))
    return ""
