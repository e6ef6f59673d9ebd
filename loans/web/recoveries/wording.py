"""What a compensation comes to, and how long a claim can be sued for, in words."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from accounts.templatetags.page import zh_date, zh_date_year
from accounts.web.parts import Tone
from loans.claims.quarter import Quarter
from loans.recoveries import Cost
from loans.spoken_money import money

# The last two warnings before the day (the reminders go by them as well).
SOON, LATE = timedelta(days=90), timedelta(days=30)


def effect_words(cost: Cost, *, leverage: int) -> str:
    """代偿 6.4 万元，额度少 32 万元."""
    if not cost.fund_fen:
        return ""
    words = _("代偿 %(fund)s，额度少 %(capacity)s（1 元代偿 = %(leverage)s 元额度）。") % {
        "fund": money(cost.fund_fen),
        "capacity": money(cost.capacity_fen),
        "leverage": leverage,
    }
    words += _("这些贷款不再占 %(exposure)s额度，") % {"exposure": money(cost.exposure_fen)}
    if cost.headroom_fen >= 0:
        return words + _("还能用的一共少 %(headroom)s。") % {"headroom": money(cost.headroom_fen)}
    return words + _("还能用的一共多 %(headroom)s。") % {"headroom": money(-cost.headroom_fen)}


def rhythm_words(quarter: Quarter) -> str:
    """The fund pays once a quarter, on the interest date."""
    return _("代偿一季办一次：%(day)s结息日前提，财政局季末一起复核。") % {"day": zh_date(quarter.interest_on)}


def limitation_words(last_on: date) -> str:
    return _("%(day)s前要起诉") % {"day": zh_date_year(last_on)}


def limitation_tone(last_on: date, *, today: date) -> Tone:
    left = last_on - today
    return "late" if left <= LATE else "soon" if left <= SOON else ""
