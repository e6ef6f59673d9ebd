"""Each named person's own yes: asked by a link to their own phone, or signed on paper; never by a code read aloud."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.models.user import UserKind
from applicants.models import Applicant, Document, PartyConsent, PartyLink
from applicants.models.party import PartyRole
from applicants.models.party_consent import PartyChannel
from applicants.parties import Named, named_in
from applicants.party_texts import PARTY_TEXTS, TEXT_VERSION
from applicants.sign_in import mobile_index
from records.refusals import Refusal

YES, CHANGE, NOT_ME = "yes", "change", "not_me"
RESEND_AFTER: Final = timedelta(minutes=1)


class NotTheirNumber(Refusal):
    """The link goes to the person's own phone: not to hers, an office's, or that of somebody else named."""

    code = "not_their_number"
    status = 422
    message = _("这个号不能用。写他本人的手机号，或者让他在纸上签。")


class PartyLinkJustSent(Refusal):
    """The phone got a link less than a minute ago."""

    code = "link_just_sent"
    status = 429
    message = _("链接刚发过，等 1 分钟再发。")


class PartyLinkIsDead(Refusal):
    """The link was used, its time is over, or the person isn't named any more."""

    code = "link_is_dead"
    status = 404
    message = _("链接过期了，或者已经用过了。让申请的人再发一个。")


def live_consents(applicant: Applicant) -> dict[tuple[str, str], PartyConsent]:
    """By role and blind index of the person. Uses what was prefetched."""
    return {(one.role, one.person_index): one for one in applicant.party_consents.all() if not one.withdrawn_at}


def not_agreed(applicant: Applicant, *, amount_fen: int | None) -> list[Named]:
    """Who is named and hasn't agreed, or answers for less than this sum."""
    given = live_consents(applicant)
    return [one for one in named_in(applicant) if not covers(given.get((one.role, one.id_index)), amount_fen)]


def covers(consent: PartyConsent | None, amount_fen: int | None) -> bool:
    if consent is None:
        return False
    return consent.amount_fen is None or consent.amount_fen >= (amount_fen or 0)


def issue_link(applicant: Applicant, whom: Named, *, mobile: str, lifetime: timedelta, at: datetime) -> str:
    """A fresh one-use token for somebody's own page; an older one dies. Raises NotTheirNumber, PartyLinkJustSent."""
    if not is_their_own_number(applicant, whom, mobile):
        raise NotTheirNumber
    out = applicant.party_links.filter(role=whom.role, person_index=whom.id_index, answered_at__isnull=True)
    if out.filter(sent_at__gt=at - RESEND_AFTER).exists():
        raise PartyLinkJustSent
    out.filter(expires_at__gt=at).update(expires_at=at)
    token = secrets.token_urlsafe(24)
    PartyLink.objects.create(
        applicant=applicant,
        role=whom.role,
        person_index=whom.id_index,
        token_sha256=_digest(token),
        sent_at=at,
        expires_at=at + lifetime,
    )
    return token


def find_by_token(token: str, *, at: datetime) -> tuple[PartyLink, Named]:
    """The link, if it is alive, and whom it is for. Raises PartyLinkIsDead."""
    found = PartyLink.objects.filter(token_sha256=_digest(token), answered_at__isnull=True, expires_at__gt=at)
    link = found.select_related("applicant__user", "applicant__business", "applicant__village").first()
    if link is None:
        raise PartyLinkIsDead
    people = named_in(link.applicant)
    whom = next((one for one in people if (one.role, one.id_index) == (link.role, link.person_index)), None)
    if whom is None:
        raise PartyLinkIsDead
    return link, whom


def find_answered(token: str) -> PartyLink | None:
    """The link as it was answered; it opens nothing any more."""
    return PartyLink.objects.filter(token_sha256=_digest(token), answered_at__isnull=False).first()


def answer(link: PartyLink, *, answer: str, at: datetime) -> None:
    """Their own word, once. Raises PartyLinkIsDead where it was said before."""
    answered = PartyLink.objects.filter(pk=link.pk, answered_at__isnull=True).update(answered_at=at, answer=answer)
    if not answered:
        raise PartyLinkIsDead


def give(
    applicant: Applicant,
    whom: Named,
    *,
    amount_fen: int | None,
    at: datetime,
    paper: Document | None = None,
    recorded_by: User | None = None,
) -> PartyConsent:
    """Keep their yes: to this sum where they answer for the loan. `paper` is what was signed, where it was."""
    take_back(applicant, whom, at=at)
    return PartyConsent.objects.create(
        applicant=applicant,
        role=whom.role,
        person_index=whom.id_index,
        text_version=TEXT_VERSION,
        text_sha256=PARTY_TEXTS[whom.role].sha256,
        amount_fen=None if whom.role == PartyRole.SPOUSE else amount_fen,
        channel=PartyChannel.PAPER if paper else PartyChannel.LINK,
        paper=paper,
        recorded_by=recorded_by,
        given_at=at,
    )


def take_back(applicant: Applicant, whom: Named, *, at: datetime) -> None:
    """They no longer agree, or agreed to something else."""
    applicant.party_consents.live().filter(role=whom.role, person_index=whom.id_index).update(withdrawn_at=at)


def is_their_own_number(applicant: Applicant, whom: Named, mobile: str) -> bool:
    index = mobile_index(mobile)
    if index == applicant.mobile_index or User.objects.filter(kind=UserKind.STAFF, mobile_index=index).exists():
        return False
    if applicant.user.kind == UserKind.APPLICANT and _signs_in_by(applicant.user, index):
        return False
    others = [one for one in named_in(applicant) if (one.role, one.id_index) != (whom.role, whom.id_index)]
    return mobile not in [one.mobile for one in others]


def _signs_in_by(user: User, index: str) -> bool:
    phone = getattr(user, "phone_number", None)
    return phone is not None and bool(phone.mobile_index == index)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
