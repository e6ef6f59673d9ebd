"""「让她们给我打电话」: one field, called back within one working day, by somebody who then says how it went."""

from datetime import datetime, timedelta
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from accounts.calendars import calendar_in_force
from accounts.models import Membership, User
from accounts.roles import Role
from applicants.models.call_back import CallBack, CallBackQuerySet, Outcome
from applicants.sign_in import mobile_index
from records import outbox
from records.encryption import blind_index
from records.refusals import Refusal

WORKING_DAYS: Final = 1
# One phone seldom needs more; an address may stand for a whole village behind one mast.
A_DAY_BY_PHONE, A_DAY_BY_ADDRESS = 3, 20
# Long enough to answer a complaint about a call, and no longer.
NUMBER_KEPT: Final = timedelta(days=30)
ASKED, LATE = "call_back", "call_back_late"


class AskedTooOften(Refusal):
    """So many calls were asked for from here today that another would be a prank."""

    code = "call_backs_too_many"
    status = 429
    message = gettext_lazy("今天记的次数多了。直接打电话给我们，或者明天再来。")


class TakenBySomebody(Refusal):
    """Somebody else calls her, or did."""

    code = "call_back_taken"
    status = 409
    message = gettext_lazy("这个电话已经有人打了。")


@transaction.atomic
def ask(mobile: str, *, address: str, at: datetime) -> CallBack:
    """Somebody wants to be called. Who asks twice is called once. Raises AskedTooOften."""
    index, address_index = mobile_index(mobile), blind_index(address, purpose="address")
    waiting = CallBack.objects.open().filter(mobile_index=index).first()
    if waiting is not None:
        return waiting
    today = CallBack.objects.filter(asked_at__gt=at - timedelta(days=1))
    by_phone, by_address = today.filter(mobile_index=index), today.filter(address_index=address_index)
    if by_phone.count() >= A_DAY_BY_PHONE or by_address.count() >= A_DAY_BY_ADDRESS:
        raise AskedTooOften
    due_on = calendar_in_force().nth_working_day_after(timezone.localdate(at), WORKING_DAYS)
    try:
        with transaction.atomic():
            asked = CallBack.objects.create(
                mobile=mobile, mobile_index=index, address_index=address_index, asked_at=at, due_on=due_on
            )
    except IntegrityError:  # she pressed twice, and the other press was quicker
        return CallBack.objects.open().get(mobile_index=index)
    _tell(asked, kind=ASKED, text=_("有人请妇联回电话，打开“回电话”看。"), at=at)
    return asked


def take(call: CallBack, *, by: User, at: datetime) -> None:
    """I call her. Raises TakenBySomebody."""
    free = CallBack.objects.open().filter(pk=call.pk, taken_by__isnull=True)
    if not free.update(taken_by=by, taken_at=at):
        raise TakenBySomebody


def give_back(call: CallBack, *, by: User) -> None:
    """Somebody else calls her after all. Raises TakenBySomebody."""
    if not _mine(call, by).update(taken_by=None, taken_at=None):
        raise TakenBySomebody


def note_unanswered(call: CallBack, *, by: User) -> None:
    """Nobody answered; to be tried again. Raises TakenBySomebody."""
    if not _mine(call, by).update(tries=F("tries") + 1):
        raise TakenBySomebody


def close(call: CallBack, *, outcome: Outcome, note: str, by: User, at: datetime) -> None:
    """How it went. Raises TakenBySomebody."""
    if not _mine(call, by).update(outcome=outcome, note=note, closed_at=at):
        raise TakenBySomebody


def remind_heads(*, at: datetime) -> int:
    """The heads hear once of every call whose day has passed; says how many are late."""
    late = list(CallBack.objects.open().filter(due_on__lt=timezone.localdate(at)))
    with override("zh-hans"):
        for call in late:
            _tell(call, kind=LATE, text=_("有一个电话超过 1 个工作日没有回。"), at=at)
    return len(late)


def forget_numbers(*, at: datetime) -> int:
    """What was closed long enough ago keeps its outcome and loses its number."""
    old = CallBack.objects.filter(closed_at__lt=at - NUMBER_KEPT).exclude(mobile_index="")
    return old.update(mobile="", mobile_index="", address_index="")


def _mine(call: CallBack, user: User) -> CallBackQuerySet:
    return CallBack.objects.open().filter(pk=call.pk, taken_by=user)


def _tell(call: CallBack, *, kind: str, text: str, at: datetime) -> None:
    """The city's federation, of what is late its heads: a phone alone doesn't say of which town she is."""
    members = Membership.objects.live().filter(role=Role.CITY_REVIEWER)
    if kind == LATE:
        members = members.filter(is_head=True)
    for member in members.select_related("user"):
        once = f"{kind}:{call.pk}:{member.user_id}"
        outbox.inbox_message(member.user, kind=kind, text=text, about="", once=once, at=at)
