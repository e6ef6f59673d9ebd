"""Who else can do what somebody was refused: offices and people who hold the permission and whom nothing separates."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from django.utils.translation import gettext as _

from accounts.models import Membership, User
from accounts.models.user import UserKind
from accounts.roles import PERMISSIONS
from records import engine
from records.models.machine import Move
from records.refusals import CanAct, MoveNotOpen, NotPermitted, Refusal, SamePerson
from workflows import matters, separation
from workflows.assigning import current_assignment
from workflows.audience import people_of
from workflows.matter_kinds import REQUESTS
from workflows.models import Application, Matter
from workflows.refusals import HeadNeeded, SecondPersonNeeded
from workflows.sight import place_of

# Acts that aren't named like the permission that they take.
_TAKES: Final = {
    "record_preliminary": "guarantee",
    "record_credit": "approve_loan",
    "invite_partners": "accept",
    "appeal": "say",
    "book_signing": "sign",
    "record_no_show": "sign",
    "book_visit": "record_survey",
    "cancel_visit": "record_survey",
    "instruct_payout": "disburse",
    "release_payout": "disburse",
    "resume": "pause",
}
# The head's part of an act that others begin.
_HEADS: Final = {"request_supplement": "request_second_supplement", "send_back": "send_back_again"}
# Refusals that are about who asks; the rest is about the case, and would be said to anybody.
ABOUT_WHO: Final = (
    NotPermitted,
    SamePerson,
    SecondPersonNeeded,
    HeadNeeded,
    separation.HelperConflict,
    separation.SurveyedHerself,
    separation.Kinship,
    separation.SteppedBack,
    separation.WasInvolved,
)


def who_can(application: Application, act: str, *, besides: User, heads_only: bool = False) -> list[CanAct]:
    """Office by office, the nearest first, who may do it on this case; a head's act names heads."""
    permission = _HEADS.get(act, act) if heads_only else _TAKES.get(act, act)
    place = place_of(application, permission)
    roles = [role for role, granted in PERMISSIONS.items() if permission in granted]
    members = Membership.objects.live().filter(role__in=roles).exclude(user=besides)
    able = [
        one
        for one in members.select_related("user", "organisation__region")
        if one.grants(permission) and one.covers(place) and (one.is_head or not heads_only)
    ]
    free = {one.pk for one in separation.free_of(application, act, [member.user for member in able])}
    # A village's code is longer than its town's, and the town's than the city's.
    nearest = sorted(able, key=lambda one: (-len(one.organisation.region.prefix), one.organisation_id, one.pk))
    offices: dict[str, dict[str, None]] = {}
    for one in nearest:
        if one.user_id in free:
            offices.setdefault(one.organisation.short_name, {})[str(one.user)] = None
    return [CanAct(office, tuple(people)) for office, people in offices.items()]


def who_has(application: Application) -> list[CanAct]:
    """The office with which the case is now, and who in it; nobody once it is over."""
    assignment = current_assignment(application)
    if assignment is None:
        return []
    return [CanAct(assignment.organisation.short_name, (str(assignment.owner),) if assignment.owner else ())]


def who_can_answer(matter: Matter, *, besides: User) -> list[CanAct]:
    """Office by office, who may answer what she said: with the permission there, and with no part in the case."""
    move = Matter.refuse if matter.kind in REQUESTS else Matter.reply
    found = []
    for office in matters.offices_for(matter):
        people = [one for one in people_of(office) if one != besides and _may_make(matter, move, one)]
        if people:
            found.append(CanAct(office.short_name, tuple(str(one) for one in people)))
    return found


@contextmanager
def naming_who_can(application: Application, act: str, *, by: User) -> Iterator[None]:
    """A refusal that is about who asks, or about where the case is, says on its way out who can act instead."""
    try:
        yield
    except Refusal as refusal:
        if by.kind == UserKind.STAFF:
            refusal.who_can = looked_up(refusal, application, act, by=by)
        raise


def looked_up(refusal: Refusal, application: Application, act: str, *, by: User) -> list[CanAct] | None:
    """None where the refusal isn't about who asks or where the case is: the same person can mend it."""
    if isinstance(refusal, ABOUT_WHO):
        return who_can(application, act, besides=by, heads_only=isinstance(refusal, HeadNeeded))
    if isinstance(refusal, MoveNotOpen):
        return who_has(application)
    return None


def in_words(refusal: Refusal, offices: Sequence[CanAct] | None) -> str:
    """The sentence after the refusal: 「可以交给 市妇联的骆晚秋、温若兰。」; "" where there is nothing to add."""
    if offices is None or (not offices and isinstance(refusal, MoveNotOpen)):
        return ""
    if not offices:
        return _("现在没有别人能办，请单位负责人找系统管理员加人。")
    named = _("；").join(_office_in_words(one) for one in offices)
    text = _("这件现在在 %(who)s。") if isinstance(refusal, MoveNotOpen) else _("可以交给 %(who)s。")
    return text % {"who": named}


def _may_make(matter: Matter, move: Move, person: User) -> bool:
    try:
        engine.authorise(matter, move, by=person)
    except Refusal:
        return False
    return True


def _office_in_words(one: CanAct) -> str:
    if not one.people:
        return _("%(office)s，未分派") % {"office": one.office}
    return _("%(office)s的%(people)s") % {"office": one.office, "people": _("、").join(one.people)}
