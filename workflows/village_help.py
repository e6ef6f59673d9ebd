"""「交纸质的，村里帮我拍」: she who fills in by herself asks the helper of her village to photograph her papers.

It is a leave like any other: the helper may fill in the form until a day, and what is handed in is still the woman's
own word. She gives it on the phone by which she signs in, and takes it back there.
"""

from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Membership, User
from accounts.roles import Role
from applicants.mandates import Scope, end_mandates, give_mandate
from applicants.models import Mandate
from applicants.models.mandate import Route
from records import outbox
from records.refusals import NotPermitted
from workflows import loan_request
from workflows.helping import LEAVE_DAYS
from workflows.models import Application
from workflows.models.application import Source

ASKED: Final = "papers_to_photograph"
LEAVE: Final = timedelta(days=LEAVE_DAYS)
# For the form and its photographs; what comes after she has handed it in is between her and the office.
FORM_ONLY: Final = Scope(may_supply=False, may_follow=False)


def helper_for(application: Application) -> User | None:
    """Who would photograph them: the helper of her village, where there is one and she fills in by herself."""
    village = application.applicant.village
    if village is None or application.source != Source.SELF:
        return None
    members = Membership.objects.live().filter(role=Role.HELPER, organisation__region=village)
    member = members.select_related("user").order_by("pk").first()
    return member.user if member else None


def asked(application: Application, *, on: date) -> Mandate | None:
    """The leave that holds on that day."""
    if application.source != Source.SELF:
        return None
    live = application.applicant.mandates.standing().filter(valid_until_on__gte=on, answer="")
    return live.select_related("helper").order_by("-pk").first()


@transaction.atomic
def ask(application: Application, *, by: User, at: datetime) -> Mandate:
    """Let the helper of her village photograph her papers. Asked twice is asked once.

    Raises NotPermitted where there is none or it isn't her own form, MoveNotOpen once it was handed in, and
    LinkNotForThisNumber where her phone is the helper's.
    """
    draft = loan_request.draft_of(application)
    helper = helper_for(draft)
    if helper is None or draft.applicant.user_id != by.pk:
        raise NotPermitted
    on = timezone.localdate(at)
    given = asked(draft, on=on)
    if given is not None:
        return given
    mandate = give_mandate(
        draft.applicant, helper=helper, route=Route.LINK, valid_until_on=on + LEAVE, at=at, scope=FORM_ONLY
    )
    words = _("%(name)s 的贷款材料要您帮着拍，编号 %(number)s。她会带来找您。")
    names = {"name": draft.applicant.full_name, "number": draft.number}
    outbox.inbox_message(
        helper, kind=ASKED, text=words % names, about=draft.number, once=f"{ASKED}:{mandate.pk}", at=at
    )
    return mandate


def take_back(application: Application, *, by: User, at: datetime) -> None:
    """From now on the helper neither sees nor fills in anything. Raises NotPermitted, MoveNotOpen."""
    draft = loan_request.draft_of(application)
    if draft.applicant.user_id != by.pk:
        raise NotPermitted
    given = asked(draft, on=timezone.localdate(at))
    if given is not None:
        end_mandates(draft.applicant, helper=given.helper, at=at)
