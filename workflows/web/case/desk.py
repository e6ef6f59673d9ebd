"""What can be done with the case beside moving it: whose it is, and whether its clock runs."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import live_memberships, may
from workflows.assigning import current_assignment
from workflows.models import Application, Assignment, CasePause
from workflows.pausing import ASKED_FOR
from workflows.separation import free_of
from workflows.sight import place_of
from workflows.states import FINAL
from workflows.web.case.found import Found
from workflows.web.case.head import is_unassigned, owner_in_words
from workflows.web.case.panel import Panel
from workflows.web.moves.offers import Offer, offers


@dataclass(frozen=True)
class Choice:
    """One thing to do, as a line to press; `blocked` says why she can't, `is_chosen` that its form is open."""

    label: str
    url: str
    blocked: str = ""
    is_chosen: bool = False
    is_no: bool = False
    who_can: str = ""


@dataclass(frozen=True)
class Desk:
    choices: list[Choice]
    owner: str
    is_unassigned: bool
    can_take: bool
    assign_url: str  # "" where she has no say in whose it is
    pause: Choice | None
    step_back: Choice | None
    version: int

    @property
    def is_open(self) -> bool:
        """Whether the form beside the case is one of those that can be sent now."""
        return any(choice.is_chosen and not choice.blocked for choice in self.choices)


def desk_of(found: Found, *, panel: Panel | None) -> Desk:
    application, user = found.application, found.user
    chosen_url = panel.url if panel else ""
    assignment = current_assignment(application)
    may_assign = assignment is not None and may(user, "assign", place_of(application, "assign"))
    return Desk(
        choices=[_choice(application, offer, chosen_url=chosen_url) for offer in offers(application, by=user)],
        owner=owner_in_words(application),
        is_unassigned=is_unassigned(application),
        can_take=may_assign and _is_ours_to_take(assignment, user) and bool(free_of(application, "assign", [user])),
        assign_url=reverse("case_assign", args=[application.number]) if may_assign else "",
        pause=_pause_choice(found, chosen_url=chosen_url),
        step_back=_step_back_choice(found, chosen_url=chosen_url),
        version=application.version,
    )


def _is_ours_to_take(assignment: Assignment | None, user: User) -> bool:
    """Somebody of the office that has it, and not its owner already. The city hands out a town's cases, no more."""
    offices = [one.organisation_id for one in live_memberships(user)]
    return assignment is not None and assignment.owner_id != user.pk and assignment.organisation_id in offices


def asked_pause_of(application: Application) -> CasePause | None:
    """The open pause that somebody asked for, as against one that follows from where the case waits."""
    pauses = application.pauses.all()
    return next((one for one in pauses if one.ended_on is None and one.reason in ASKED_FOR), None)


def _choice(application: Application, offer: Offer, *, chosen_url: str) -> Choice:
    url = offer.act.url_of(application)
    is_chosen = url == chosen_url
    return Choice(str(offer.act.label), url, offer.blocked, is_chosen, offer.act.is_no, offer.who_can)


def _pause_choice(found: Found, *, chosen_url: str) -> Choice | None:
    application = found.application
    is_running = application.promise_started_on is not None and application.state not in FINAL
    if not is_running or not may(found.user, "pause", place_of(application, "pause")):
        return None
    url = reverse("case_pause", args=[application.number])
    label = _("接着算时间") if asked_pause_of(application) else _("暂停")
    return Choice(label, url, is_chosen=url == chosen_url)


def _step_back_choice(found: Found, *, chosen_url: str) -> Choice | None:
    application = found.application
    if application.state in FINAL or any(one.officer_id == found.user.pk for one in application.recusals.all()):
        return None
    url = reverse("case_step_back", args=[application.number])
    return Choice(_("回避"), url, is_chosen=url == chosen_url)
