"""Her leave to a helper who fills in the form for her, and how she gives it.

Three routes: a link on her own phone, a photographed mandate with her thumbprint, a town officer face to face. Nobody
asks her to read a code aloud.
"""

import hashlib
import secrets
from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.models.user import UserKind
from applicants.models import Applicant, Mandate
from applicants.models.mandate import Route
from applicants.sign_in import mobile_index
from records.refusals import Refusal


class LinkNotForThisNumber(Refusal):
    """The link goes to her own phone: not to a helper's or an officer's, nor to one that confirmed for another."""

    code = "link_not_for_this_number"
    status = 422
    message = _("这个号不能用来确认。换她本人的手机号，或者用纸质委托书。")


class LinkIsDead(Refusal):
    """The link was used, or its time is over."""

    code = "link_is_dead"
    status = 404
    message = _("链接过期了。给村妇联主席打电话重新发。")


def give_mandate(applicant: Applicant, *, helper: User, route: Route, valid_until_on: date, at: datetime) -> Mandate:
    """Let the helper fill in the form. Raises LinkNotForThisNumber where the link route can't be hers."""
    if route == Route.LINK and not _is_her_own_number(applicant):
        raise LinkNotForThisNumber
    return Mandate.objects.create(
        applicant=applicant, helper=helper, route=route, valid_until_on=valid_until_on, created_at=at
    )


def issue_token(mandate: Mandate, *, lifetime: timedelta, at: datetime) -> str:
    """A fresh one-use token for her confirmation page; an older one dies. Only its hash is kept."""
    token = secrets.token_urlsafe(24)
    mandate.token_sha256, mandate.token_expires_at = _digest(token), at + lifetime
    mandate.save(update_fields=["token_sha256", "token_expires_at"])
    return token


def find_by_token(token: str, *, at: datetime) -> Mandate:
    """The mandate behind a link that is still alive. Raises LinkIsDead."""
    found = Mandate.objects.filter(token_sha256=_digest(token), answered_at__isnull=True, token_expires_at__gt=at)
    mandate = found.select_related("applicant__user", "helper").first()
    if mandate is None:
        raise LinkIsDead
    return mandate


def find_answered(token: str) -> Mandate | None:
    """The mandate that was answered by this link; it answers nothing any more."""
    answered = Mandate.objects.filter(token_sha256=_digest(token), answered_at__isnull=False)
    return answered.select_related("helper").first()


def answer(mandate: Mandate, *, answer: str, at: datetime) -> None:
    """Her own word: yes, change, or not_mine; once. Raises LinkIsDead where it was said before."""
    answered = Mandate.objects.filter(pk=mandate.pk, answered_at__isnull=True).update(answered_at=at, answer=answer)
    if not answered:
        raise LinkIsDead


def _is_her_own_number(applicant: Applicant) -> bool:
    index = applicant.mobile_index
    if not index or User.objects.filter(kind=UserKind.STAFF, mobile_index=index).exists():
        return False
    elsewhere = Mandate.objects.filter(applicant__mobile_index=index, answered_at__isnull=False)
    return not elsewhere.exclude(applicant=applicant).exists() and mobile_index(applicant.mobile) == index


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
