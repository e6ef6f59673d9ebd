"""The head of every staff page: where she can go from here, and for which office she works."""

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import holds, live_memberships
from accounts.web.parts import NavItem

# Page, its label, and the permission that leads there. Pages belong to apps that this one knows by address only.
ENTRIES: tuple[tuple[str, Promise | str, str], ...] = (
    ("work", _("待办"), "accept"),
    ("follow_ups", _("跟踪服务"), "follow_up"),
    ("helper_verify", _("当面核实"), "accept"),
    ("calls", _("回电话"), "answer_calls"),
    ("partner", _("担保审核"), "guarantee"),
    ("partner", _("贷款审批"), "approve_loan"),
    ("repayments", _("还款"), "record_repayment"),
    ("overdue", _("催收"), "collect"),
    ("matters", _("待答复"), "answer_her"),
    ("matters", _("待答复"), "second_extension"),
    ("helper", _("帮人办"), "fill_for_her"),
    ("finance", _("保证金"), "move_fund"),
    ("claims", _("贴息"), "view_claims"),
    ("securities", _("反担保"), "guarantee"),
    ("recoveries", _("代偿追偿"), "view_recoveries"),
    ("pools", _("额度"), "view_pool"),
    ("survey", _("摸底"), "keep_survey"),
    ("registers", _("台账"), "view_registers"),
    ("mutual_help", _("互助金"), "keep_mutual_help"),
    ("report", _("一张图"), "view_reports"),
    ("time_limits", _("时限对账"), "contest_charge"),
    ("supervision", _("督办"), "supervise"),
    ("work_calendar", _("工作日历"), "manage_calendar"),
    ("policies", _("政策"), "view_policy"),
    ("recordings", _("录音"), "manage_recordings"),
    ("admin_office", _("审计"), "view_audit"),
    ("admin_office", _("人员"), "manage_security"),
    ("people", _("人员"), "manage_people"),
)


def frame(request: HttpRequest, *, current: str) -> dict[str, object]:
    """`nav_items` and `place` for staff.html; `current` names the page of the entry that this one belongs to."""
    user = request.user
    assert isinstance(user, User), "staff pages are for those who signed in"
    entries = [(page, label) for page, label, permission in ENTRIES if holds(user, permission)]
    memberships = live_memberships(user)
    return {
        "nav_items": [
            NavItem(address, str(label), is_current=page == current)
            for page, label in entries
            if (address := _address_of(page))
        ],
        "place": memberships[0].organisation.short_name if memberships else "",
    }


def _address_of(page: str) -> str:
    """Where the page is; "" in an installation that hasn't got it."""
    try:
        return reverse(page)
    except NoReverseMatch:
        return ""
