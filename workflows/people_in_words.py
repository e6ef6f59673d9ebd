"""The people of an application in one line each, for her and for whoever looks at the case."""

from collections import Counter

from django.utils import timezone
from django.utils.translation import gettext as _

from applicants.models import Applicant, Party, PartyConsent
from applicants.models.household import Occupation, Relation
from applicants.models.party import PartyRole
from workflows.wording import day, money


def household_in_words(her: Applicant) -> str:
    """「父母 种地、养殖 2 人；子女 上学 1 人」. Uses what was prefetched."""
    others = Counter(
        (Relation(one.relation).label, Occupation(one.occupation).label if one.occupation else "")
        for one in her.household.all()
        if one.relation != Relation.SPOUSE
    )
    words = _("%(relation)s %(occupation)s %(count)s 人")
    return _("；").join(
        words % {"relation": relation, "occupation": occupation, "count": count}
        for (relation, occupation), count in others.items()
    )


def terms_in_words(row: Party | None) -> str:
    """What a partner holds, or what somebody who vouches is to her."""
    if row is None:
        return ""
    if row.role == PartyRole.PARTNER:
        share = _("占 %(share)s%%") % {"share": row.share_percent}
        return f"{share}，{row.get_liability_display()}"
    return f"{row.get_tie_display()}，{row.get_kind_display()}"


def consent_in_words(consent: PartyConsent | None) -> str:
    """「9 月 21 日，自己手机上点的，不超过 5 万元」."""
    if consent is None:
        return _("还没有")
    words = f"{day(timezone.localdate(consent.given_at))}，{consent.get_channel_display()}"
    if consent.amount_fen:
        words += _("，不超过 %(amount)s") % {"amount": money(consent.amount_fen)}
    return words
