"""What people can't do with the mutual-help fund."""

from django.utils.translation import gettext_lazy as _

from loans.refusals import ShortOfMoney


class MutualHelpExhausted(ShortOfMoney):
    """The donors' money doesn't reach so far, in fen."""

    code = "mutual_help_exhausted"
    message = _("互助金余额不够，差 %(short)s 元。")


class MutualHelpRepaidTooMuch(ShortOfMoney):
    """More than she was helped with would have come back, in fen."""

    code = "mutual_help_repaid_too_much"
    message = _("比她没还的还多 %(short)s 元，核对金额。")
