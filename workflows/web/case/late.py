"""What the head of a late case says: since when, with whom, why, and the new day; and what the city said about it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.permissions import may
from accounts.web.parts import Entry
from workflows import delays
from workflows.deadlines import CaseClock
from workflows.models import Application
from workflows.sight import place_of
from workflows.web.case.found import Found
from workflows.web.case.head import owner_in_words
from workflows.wording import day


@dataclass(frozen=True)
class Late:
    """`reason` and `new_on` are empty until somebody has given them; `url` is where she does, if it is hers to."""

    due: str
    days_over: int
    holder: str
    reason: str
    new_on: str
    is_owed: bool
    url: str


def late_of(found: Found, clocks: CaseClock, *, today: date) -> Late | None:
    """None for what isn't late, or is over."""
    application, promise = found.application, clocks.promise
    if promise is None or promise.due_on is None or not promise.is_breached or promise.is_stopped:
        return None
    is_owed = delays.owed_since(application, clocks, today=today) is not None
    standing = delays.standing_account(application, clocks)
    is_hers = is_owed and may(found.user, "explain_delay", place_of(application, "explain_delay"))
    return Late(
        due=day(promise.due_on),
        days_over=promise.days_over,
        holder=owner_in_words(application),
        reason=_("%(reason)s：%(words)s") % {"reason": standing.get_reason_display(), "words": standing.words}
        if standing
        else "",
        new_on=day(standing.new_on) if standing else "",
        is_owed=is_owed,
        url=reverse("case_delay", args=[application.number]) if is_hers else "",
    )


def said_about_time(application: Application, *, offices: Collection[int] | None = None) -> Iterator[Entry]:
    """督办 and 超期说明, as the time line tells them; of all offices, or of some. Uses what was prefetched."""
    for sent in application.nudges.all():
        if offices is not None and sent.organisation_id not in offices:
            continue
        words = _("督办 %(told)s：%(words)s") % {"told": sent.told, "words": sent.words}
        yield Entry(sent.sent_at, words, _("%(who)s（市妇联）") % {"who": sent.sent_by})
    for given in application.delay_accounts.all():
        if offices is not None and given.organisation_id not in offices:
            continue
        names = {"reason": given.get_reason_display(), "words": given.words, "day": day(given.new_on)}
        text = _("超期说明：%(reason)s，%(words)s 新的日子 %(day)s") % names
        yield Entry(given.given_at, text, f"{given.given_by}（{given.organisation.short_name}）")
