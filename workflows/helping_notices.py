"""Word to the woman, her helper and the town about an application that is filled in for her."""

from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from accounts.context import office
from accounts.models import Membership, User
from accounts.permissions import live_memberships
from accounts.roles import Role
from applicants.identity import NotValid, read_mobile
from applicants.models import Mandate
from records import outbox
from workflows.deadlines import office_of
from workflows.models import Application

BEGAN: Final = "helper_began"
LINK: Final = "confirm_link"
TO_VERIFY: Final = "mandate_to_verify"
ANSWERED: Final = "mandate_answered"
ENDED: Final = "mandate_ended"


def tell_that_it_began(mandate: Mandate, *, at: datetime) -> None:
    """She hears of it before anything is filled in: if it isn't true, she can say so."""
    her = mandate.applicant
    if not her.mobile:
        return
    words = _("%(helper)s要替您填贷款申请。填好了您会收到链接，您点了同意才会交上去。没这回事就打 %(phone)s。")
    names = {"helper": helper_in_words(mandate.helper), "phone": office().complaint_phone}
    outbox.text_message(
        mobile=her.mobile, kind=BEGAN, text=words % names, about="", once=f"{BEGAN}:{mandate.pk}", at=at
    )


def send_link(case: Application, mandate: Mandate, *, link: str, at: datetime) -> None:
    words = _("%(helper)s替您填好了贷款申请。打开看一看，是您要办的再点同意：%(link)s 不收费，别把链接转给别人。")
    outbox.text_message(
        mobile=mandate.applicant.mobile,
        kind=LINK,
        text=words % {"helper": helper_in_words(mandate.helper), "link": link},
        about=case.number,
        once=once_of_link(mandate),
        at=at,
    )


def once_of_link(mandate: Mandate) -> str:
    """Each token is one message."""
    return f"{LINK}:{mandate.pk}:{mandate.token_sha256[:16]}"


def tell_town(case: Application, mandate: Mandate, *, at: datetime) -> None:
    """Somebody of the town sees her face to face; her helper can't be that one."""
    town = office_of(case.town)
    officers = Membership.objects.live().filter(organisation=town, role=Role.TOWN_REVIEWER)
    words = _("%(helper)s替她填好了 %(number)s，要当面核实是不是她本人要办的。")
    names = {"helper": helper_in_words(mandate.helper), "number": case.number}
    for officer in officers.exclude(user=mandate.helper).select_related("user"):
        outbox.inbox_message(
            officer.user,
            kind=TO_VERIFY,
            text=words % names,
            about=case.number,
            once=f"{TO_VERIFY}:{case.number}:{case.version}:{officer.user_id}",
            at=at,
        )


def tell_helper(case: Application, mandate: Mandate, *, words: str, at: datetime) -> None:
    """What the woman answered, in the helper's inbox; and on her phone, where the office keeps a mobile for her."""
    helper, once = mandate.helper, f"{ANSWERED}:{mandate.pk}"
    outbox.inbox_message(helper, kind=ANSWERED, text=words, about=case.number, once=once, at=at)
    mobile = _mobile_of(helper)
    if mobile:
        outbox.text_message(mobile=mobile, kind=ANSWERED, text=words, about=case.number, once=f"{once}:sms", at=at)


def tell_that_it_ended(case: Application, helper: User, *, at: datetime) -> None:
    words = _("%(number)s：她不用您再替她办了。没办完的，她自己接着办。") % {"number": case.number}
    once = f"{ENDED}:{case.number}:{helper.pk}:{at.isoformat()}"
    outbox.inbox_message(helper, kind=ENDED, text=words, about=case.number, once=once, at=at)


def helper_in_words(helper: User) -> str:
    """「河湾村妇联 白杏花」."""
    memberships = live_memberships(helper)
    return f"{memberships[0].organisation.short_name} {helper.name}" if memberships else helper.name


def _mobile_of(helper: User) -> str:
    try:
        return read_mobile(helper.phone)
    except NotValid:
        return ""
