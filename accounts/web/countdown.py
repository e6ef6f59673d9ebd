"""How a countdown of working days is shown: a seed for each day, and the words of its tag."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.web.parts import Countdown, Tone


@dataclass(frozen=True)
class Tag:
    """A few words on a tint, with a mark of the sprite."""

    text: str
    tone: Tone = ""
    icon: str = ""
    is_bold: bool = False


# Of so many days left it is said that they are few.
FEW_DAYS = 3


def seeds_of(countdown: Countdown) -> list[str]:
    """One seed for each day of the promise, in their order: used, today, paused or open."""
    used = countdown.days if countdown.is_breached else min(countdown.used, countdown.days)
    seeds = ["used"] * used + ["open"] * (countdown.days - used)
    if used < countdown.days and not countdown.is_stopped:
        seeds[used] = "paused" if countdown.is_paused else "today"
    return seeds


def tag_of(countdown: Countdown | None, *, today: date, pause_words: str = "") -> Tag:
    """「还剩 3 天」, and the other words of the promise in lists. None is a promise that hasn't begun."""
    if countdown is None:
        return Tag(_("未起算"))
    if countdown.is_stopped:
        return _stopped(countdown)
    days = countdown.days_over
    late = ngettext("已超 %(days)d 天", "已超 %(days)d 天", days) % {"days": days}
    if countdown.is_paused:
        return _paused(late if countdown.is_breached else "", pause_words)
    if countdown.is_breached:
        return Tag(late, "late", "alert")
    left = ngettext("还剩 %(days)d 天", "还剩 %(days)d 天", countdown.left) % {"days": countdown.left}
    return _running(countdown, left, today)


def full_tag_of(countdown: Countdown | None, *, today: date, pause_words: str = "") -> Tag:
    """The same at the head of a case, where the unit is said: 「还剩 3 个工作日」."""
    if countdown is None or countdown.is_stopped or countdown.is_paused:
        return tag_of(countdown, today=today, pause_words=pause_words)
    days = countdown.days_over
    if countdown.is_breached:
        late = ngettext("已超 %(days)d 个工作日", "已超 %(days)d 个工作日", days) % {"days": days}
        return Tag(late, "late", "alert")
    left = ngettext("还剩 %(days)d 个工作日", "还剩 %(days)d 个工作日", countdown.left)
    return _running(countdown, left % {"days": countdown.left}, today)


def stage_tag_of(countdown: Countdown, *, today: date) -> Tag | None:
    """「环节还剩 1 天」, beside the tag of the promise; None where the stage doesn't run."""
    if countdown.is_stopped or countdown.is_paused:
        return None
    if countdown.is_breached:
        days = countdown.days_over
        return Tag(ngettext("环节超 %(days)d 天", "环节超 %(days)d 天", days) % {"days": days}, "late")
    if countdown.due_on == today:
        return Tag(_("环节今天到期"), "soon")
    days = countdown.left
    words = ngettext("环节还剩 %(days)d 天", "环节还剩 %(days)d 天", days) % {"days": days}
    return Tag(words, "soon" if days == 1 else "")


def _running(countdown: Countdown, left: str, today: date) -> Tag:
    if countdown.due_on == today:
        return Tag(_("今天到期"), "soon", "clock", is_bold=True)
    return Tag(left, "soon" if countdown.left <= FEW_DAYS else "ok", "clock")


def _paused(late: str, pause_words: str) -> Tag:
    if late:
        return Tag(_("%(late)s · 已暂停") % {"late": late}, "late-o", "alert")
    if pause_words:
        return Tag(_("已暂停：%(reason)s") % {"reason": pause_words}, "hold", "pause")
    return Tag(_("已暂停"), "hold", "pause")


def _stopped(countdown: Countdown) -> Tag:
    days = countdown.used
    if countdown.is_breached:
        return Tag(ngettext("超期 用 %(days)d 天", "超期 用 %(days)d 天", days) % {"days": days}, "", "cross")
    return Tag(ngettext("按时 用 %(days)d 天", "按时 用 %(days)d 天", days) % {"days": days}, "", "tick")
