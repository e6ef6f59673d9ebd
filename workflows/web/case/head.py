"""The head of a case: whose it is, how much, where it waits and with whom."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.web.parts import Fact, Identity
from workflows.assigning import current_assignment
from workflows.models import Application
from workflows.models.application import Source
from workflows.web.case.lines import Masks
from workflows.wording import money


def identity_of(application: Application, masks: Masks) -> Identity:
    line = masks.line("id_no")
    return Identity(
        name=application.applicant.full_name,
        number=application.number,
        detail=_filled_by(application),
        facts=list(_facts(application)),
        id_number=line.value,
        reveal_url=line.reveal_url,
    )


def request_in_words(application: Application) -> str:
    """5 万元，12 个月."""
    return _("%(amount)s，%(months)s 个月") % {
        "amount": money(application.amount_fen or 0),
        "months": application.term_months,
    }


def place_in_words(application: Application) -> str:
    """石榴镇 河湾村."""
    return f"{application.town} {application.applicant.village}"


def owner_in_words(application: Application) -> str:
    """市妇联 纪荷香; 市妇联，未分派; "" where nobody has it any more."""
    assignment = current_assignment(application)
    if assignment is None:
        return ""
    if assignment.owner is None:
        return _("%(office)s，未分派") % {"office": assignment.organisation}
    return f"{assignment.organisation} {assignment.owner}"


def is_unassigned(application: Application) -> bool:
    assignment = current_assignment(application)
    return assignment is not None and assignment.owner is None


def _facts(application: Application) -> Iterator[Fact]:
    yield Fact(_("申请金额"), request_in_words(application))
    yield Fact(_("项目"), str(application.applicant.business.get_project_type_display()))
    yield Fact(_("村镇"), place_in_words(application))
    yield Fact(_("来源"), str(application.get_came_by_display()))
    yield Fact(_("现在"), str(application.get_state_display()))
    owner = owner_in_words(application)
    if owner:
        yield Fact(_("负责人"), owner)


def _filled_by(application: Application) -> str:
    if application.source != Source.HELPER:
        return _("本人申请")
    helper: User = application.filled_by
    return _("%(helper)s 代办") % {"helper": helper}
