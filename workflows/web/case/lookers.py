"""Who else has a case open, in words."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from workflows import looking
from workflows.web.case.found import Found


def lookers_of(found: Found) -> list[str]:
    """Everybody else who opened it within the last minutes. That she opened it herself is noted by this."""
    now = timezone.now()
    looks = looking.open_case(found.application, by=found.user, at=now)
    return [looking_words(str(look.reader), look.seen_at, now=now) for look in looks]


def looking_words(who: str, seen_at: datetime, *, now: datetime) -> str:
    """纪荷香 正在看（3 分钟前）."""
    minutes = looking.minutes_ago(seen_at, now=now)
    if not minutes:
        return _("%(who)s 正在看（刚刚）") % {"who": who}
    words = ngettext("%(who)s 正在看（%(minutes)s 分钟前）", "%(who)s 正在看（%(minutes)s 分钟前）", minutes)
    return words % {"who": who, "minutes": minutes}
