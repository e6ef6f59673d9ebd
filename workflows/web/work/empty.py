"""What a list says that has nothing in it, and where to go from there."""

from collections.abc import Mapping
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.permissions import holds
from workflows.inbox import Tab
from workflows.web.work.asked import WORK, Asked


class Nothing(NamedTuple):
    text: str
    url: str = ""
    label: str = ""


def nothing_here(asked: Asked, counts: Mapping[Tab, int]) -> Nothing:
    """One sentence, and the next place where something waits."""
    if any(asked.conditions.cleaned_data.values()):
        return Nothing(_("没有符合条件的。去掉几个条件再看看。"), f"?tab={asked.tab.value}", _("去掉全部条件"))
    if asked.tab == Tab.TO_DECIDE:
        return Nothing(_("没有待处理的申请。妇联推送后会出现在这里。"), *_all(counts))
    if asked.tab == Tab.MINE and counts[Tab.UNASSIGNED]:
        label = _("看未分派的 %(count)s 件") % {"count": counts[Tab.UNASSIGNED]}
        return Nothing(_("您手上没有待办。本单位还有没分派的。"), f"?tab={Tab.UNASSIGNED.value}", label)
    if asked.tab == Tab.MINE and asked.home == WORK and holds(asked.user, "follow_up"):
        return Nothing(_("今天没有待办。看看有没有该回访的。"), reverse("follow_ups"), _("去跟踪服务"))
    return Nothing(_("现在没有。有了会按到期先后排在这里。"), *(() if asked.tab == Tab.ALL else _all(counts)))


def _all(counts: Mapping[Tab, int]) -> tuple[str, str]:
    count = counts[Tab.ALL]
    return (f"?tab={Tab.ALL.value}", _("看全部 %(count)s 件") % {"count": count}) if count else ("", "")
