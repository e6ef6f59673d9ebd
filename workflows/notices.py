"""Word to her, and to those who must act at once: written with the move, sent after it."""

from datetime import datetime
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.calendars import calendar_in_force
from accounts.models import Organisation, User
from accounts.models.user import UserKind
from applicants.models import Phone
from records import outbox
from workflows import deadlines
from workflows.answers import answer_sentence
from workflows.audience import heads_of, people_of
from workflows.deadlines import office_of
from workflows.missing_items import open_request
from workflows.models import Application
from workflows.states import HERS_ALONE

# Moves after which she is told how it stands. The others change nothing that she waits for or has to do.
TOLD_AFTER: Final = frozenset(
    {
        "submit",
        "confirm",
        "send_back",
        "waitlist",
        "call_up",
        "accept",
        "request_supplement",
        "decline",
        "overturn",
        "refuse_guarantee",
        "refuse_loan",
        "approve_loan",
        "accept_terms",
        "disburse",
        "payout_failed",
        "decline_terms",
        "withdraw",
        "freeze",
        "unfreeze",
        "expire",
    }
)
# Her helper hears of what she has to help with, and of how it ends (of her own word: workflows/helping_notices.py).
HELPER_TOLD_AFTER: Final = frozenset({"send_back", "request_supplement", "decline", "disburse", "expire"})


def tell_her(application: Application, *, move: str, at: datetime) -> None:
    """Owe her the SMS that belongs to the move, where one does; and her helper a line."""
    if move not in TOLD_AFTER or (move == "send_back" and open_request(application) is None):
        return  # who took it back herself, to change something, needs no message
    # Messages to her are Chinese, whatever language the officer works in.
    with override("zh-hans"):
        text = message_text(application, at=at)
    once = f"{application.number}:{application.version}:{move}"
    send_to_her(application, kind=move, text=text, once=once, at=at)
    helper = application.filled_by
    if move in HELPER_TOLD_AFTER and _may_hear(helper, application):
        about = application.number
        outbox.inbox_message(helper, kind=move, text=text, about=about, once=f"{once}:helper", at=at)


def _may_hear(helper: User, application: Application) -> bool:
    """A helper, as long as the woman lets her; a draft is the helper's own work."""
    standing = application.applicant.mandates.standing().filter(helper=helper)
    if application.state not in HERS_ALONE:
        standing = standing.open_after_handing_in()
    return helper.kind == UserKind.STAFF and standing.exists()


def message_text(application: Application, *, at: datetime) -> str:
    """How it stands, as the page says it, with the number of the case."""
    today = timezone.localdate(at)
    clock = deadlines.read(application, today=today, calendar=calendar_in_force())
    answer = answer_sentence(application, clock, today=today)
    return _("%(answer)s编号 %(number)s。") % {"answer": answer, "number": application.number}


def send_to_her(application: Application, *, kind: str, text: str, once: str, at: datetime) -> None:
    """Owe an SMS to her own number, or to the phone that she signs in with; none where she has neither."""
    mobile = application.applicant.mobile or _phone_of(application)
    if mobile:
        outbox.text_message(mobile=mobile, kind=kind, text=text, about=application.number, once=once, at=at)


def ask_bank_to_stop(application: Application, *, at: datetime) -> None:
    """A case is frozen while its money may be on the way: whoever can stop it is asked to."""
    text = _("%(number)s 已冻结，先别打款；已经打了的照实回报。") % {"number": application.number}
    _alarm(application, application.bank, kind="stop_payout", text=text, at=at)


def alarm_federation(application: Application, *, at: datetime) -> None:
    """Somebody says that it wasn't her: the town and the heads of the city look at once."""
    text = _("%(number)s 已冻结：有人说不是本人办的，尽快核实。") % {"number": application.number}
    _alarm(application, office_of(application.town), kind="frozen", text=text, at=at)
    for head in heads_of(office_of(application.city)):
        once = f"{application.number}:{application.version}:frozen:{head.pk}"
        outbox.inbox_message(head, kind="frozen", text=text, about=application.number, once=once, at=at)


def _alarm(application: Application, office: Organisation, *, kind: str, text: str, at: datetime) -> None:
    for person in people_of(office):
        once = f"{application.number}:{application.version}:{kind}:{person.pk}"
        outbox.inbox_message(person, kind=kind, text=text, about=application.number, once=once, at=at)


def _phone_of(application: Application) -> str:
    phone = Phone.objects.filter(user=application.applicant.user_id).first()
    return phone.mobile if phone else ""
