"""Her leave to a helper who fills in the form for her, and how she gives it.

Three routes: a link on her own phone, a photographed mandate with her thumbprint, a town officer face to face. Nobody
asks her to read a code aloud.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from applicants import staff_numbers
from applicants.models import Applicant, ConfirmedPhone, Mandate
from applicants.models.mandate import PhoneOf, Route
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


@dataclass(frozen=True)
class Scope:
    """Whose phone it is, and what the helper may do after the form is handed in."""

    phone_of: PhoneOf = PhoneOf.OWN
    may_supply: bool = True
    may_follow: bool = True


def give_mandate(
    applicant: Applicant, *, helper: User, route: Route, valid_until_on: date, at: datetime, scope: Scope = Scope()
) -> Mandate:
    """Let the helper fill in the form. Raises LinkNotForThisNumber where the link route can't be hers."""
    if route == Route.LINK and (scope.phone_of != PhoneOf.OWN or not _is_her_own_number(applicant)):
        raise LinkNotForThisNumber
    return Mandate.objects.create(
        applicant=applicant,
        helper=helper,
        route=route,
        valid_until_on=valid_until_on,
        created_at=at,
        **vars(scope),
    )


def end_mandates(applicant: Applicant, *, helper: User, at: datetime) -> int:
    """She lets this helper do no more; a link that is out dies. Says how many mandates ended."""
    standing = applicant.mandates.filter(helper=helper).standing()
    return standing.update(ended_at=at, token_sha256="", token_expires_at=None)


def issue_token(mandate: Mandate, *, lifetime: timedelta, at: datetime) -> str:
    """A fresh one-use token for her confirmation page; an older one dies. Only its hash is kept."""
    token = secrets.token_urlsafe(24)
    mandate.token_sha256, mandate.token_expires_at = _digest(token), at + lifetime
    mandate.save(update_fields=["token_sha256", "token_expires_at"])
    return token


def find_by_token(token: str, *, at: datetime) -> Mandate:
    """The mandate behind a link that is still alive. Raises LinkIsDead."""
    found = Mandate.objects.standing().filter(
        token_sha256=_digest(token), answered_at__isnull=True, token_expires_at__gt=at
    )
    mandate = found.select_related("applicant__user", "helper").first()
    if mandate is None:
        raise LinkIsDead
    return mandate


def find_answered(token: str) -> Mandate | None:
    """The mandate that was answered by this link; it answers nothing any more."""
    answered = Mandate.objects.filter(token_sha256=_digest(token), answered_at__isnull=False)
    return answered.select_related("helper").first()


@transaction.atomic
def answer(mandate: Mandate, *, answer: str, at: datetime) -> None:
    """Her own word: yes, change, or not_mine; once. Raises LinkIsDead where it was said before.

    A yes by the link is asked again whose phone it is: months may lie between the first word and the last.
    Anybody whom the link reached may say that it isn't hers. Raises LinkNotForThisNumber.
    """
    if answer == "yes" and mandate.route == Route.LINK:
        _claim_phone(mandate.applicant, at=at)
    answered = Mandate.objects.filter(pk=mandate.pk, answered_at__isnull=True).update(answered_at=at, answer=answer)
    if not answered:
        raise LinkIsDead


def _claim_phone(her: Applicant, *, at: datetime) -> None:
    """From now on this phone says yes for her alone: of two women who answer by it at once, one is heard."""
    if not _is_her_own_number(her):
        raise LinkNotForThisNumber
    claimed, _is_new = ConfirmedPhone.objects.get_or_create(
        mobile_index=her.mobile_index, defaults={"applicant": her, "confirmed_at": at}
    )
    if not _same_woman(claimed.applicant, her):
        raise LinkNotForThisNumber


def _is_her_own_number(her: Applicant) -> bool:
    index = her.mobile_index
    if not index or mobile_index(her.mobile) != index:
        return False
    return not staff_numbers.is_of_staff(her.mobile) and not _is_another_womans(index, her)


def _is_another_womans(index: str, her: Applicant) -> bool:
    """Whether another woman said yes by it, or signs in by it for a case that she began herself."""
    confirmed = Applicant.objects.filter(confirmed_phones__mobile_index=index)
    signs_in = Applicant.objects.filter(user__phone_number__mobile_index=index, mandates__isnull=True)
    others = [*confirmed, *signs_in.exclude(id_index="")]
    return any(not _same_woman(other, her) for other in others)


def _same_woman(one: Applicant, other: Applicant) -> bool:
    """She may have been written down twice: once by herself, once by a helper."""
    return one.pk == other.pk or bool(one.id_index and one.id_index == other.id_index)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
