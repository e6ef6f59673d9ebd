"""Where she can go on from the page of her case."""

from collections.abc import Collection, Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.web.parts import Link
from workflows.models import Application
from workflows.models.application import Source
from workflows.states import HERS_ALONE, State


def links_of(application: Application, *, open_moves: Collection[str], has_days: bool) -> Iterator[Link]:
    """`has_days`: there is a day that her calendar may remember."""
    number = application.number
    if application.state not in HERS_ALONE:
        yield Link(reverse("my_documents", args=[number]), _("我交的材料"), "doc")
        yield Link(reverse("my_access", args=[number]), _("谁看过我的材料"), "eye")
    if application.source == Source.HELPER or application.state == State.DISBURSED:
        yield Link(reverse("my_village", args=[number]), _("村里帮我的事"), "pair")
    if has_days:
        yield Link(reverse("my_calendar", args=[number]), _("加到手机日历"), "calendar")
    if "withdraw" in open_moves:
        label = _("不办了，删掉草稿") if application.state == State.DRAFT else _("撤回申请")
        yield Link(reverse("my_move", args=[number, "withdraw"]), label, "cross")
    if "freeze" in open_moves and application.state != State.DRAFT:
        yield Link(reverse("my_move", args=[number, "freeze"]), _("这不是我办的"), "alert")
