"""计时异议: an office contests days that were charged to it; the city decides; the promise to her never moves."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Organisation, User
from accounts.permissions import acting_membership, live_memberships, may
from records import decisions, engine
from records.clock import Charge
from records.models.decision import Outcome
from records.refusals import FieldError, Invalid, NotPermitted
from workflows import deadlines
from workflows.deadlines import office_of
from workflows.models import Application, ChargeContest, ContestedDay
from workflows.notes import office_at
from workflows.refusals import HeadNeeded
from workflows.sight import place_of

KIND: Final = "charge_contest"
SHORTEST: Final = 4
NOBODY: Final = ""


@transaction.atomic
def contest(
    application: Application, *, days: Collection[date], words: str, evidence: str, by: User, at: datetime
) -> ChargeContest:
    """Say against some of her office's days that they aren't its own. Raises NotPermitted, Invalid."""
    locked = engine.lock(application)
    office = office_at(locked, by)
    if office is None or not may(by, "contest_charge", office):
        raise NotPermitted
    wanted, today = sorted(set(days)), timezone.localdate(at)
    hers = set(contestable(locked, office, today=today))
    errors = []
    if not wanted or not hers.issuperset(wanted):
        errors.append(FieldError("days", "days_not_charged", _("选算在本单位、还没提过异议的日子")))
    for field, text in (("words", words), ("evidence", evidence)):
        if not SHORTEST <= len(text.strip()) <= 200:
            errors.append(FieldError(field, "words_length", _("写清楚，4 到 200 个字")))
    if errors:
        raise Invalid(*errors)
    summary = _("%(number)s %(office)s %(count)d 天") % {
        "number": locked.number,
        "office": office.short_name,
        "count": len(wanted),
    }
    made = ChargeContest.objects.create(
        application=locked,
        organisation=office,
        words=words.strip(),
        evidence=evidence.strip(),
        decision=decisions.propose(KIND, summary=summary, by=by, at=at),
    )
    ContestedDay.objects.bulk_create(
        ContestedDay(contest=made, application=locked, organisation=office, day=day) for day in wanted
    )
    return made


@transaction.atomic
def decide(
    contested: ChargeContest, *, outcome: Outcome, moved_to: Organisation | None, reason: str, by: User, at: datetime
) -> None:
    """Uphold it, for another office or for nobody, or not. Days of the city itself take a head among the two.

    Raises NotPermitted, HeadNeeded, SamePerson, MoveNotOpen, Invalid.
    """
    application = contested.application
    city = place_of(application, "decide_contest")
    membership = acting_membership(by, "decide_contest", city)
    if membership is None:
        raise NotPermitted
    if contested.organisation_id == office_of(application.city).pk and not membership.is_head:
        raiser = acting_membership(contested.decision.proposed_by, "decide_contest", city)
        if raiser is None or not raiser.is_head:
            raise HeadNeeded
    if len(reason.strip()) < SHORTEST:
        raise Invalid(FieldError("reason", "words_length", _("写清楚为什么这样定，至少 4 个字")))
    if moved_to is not None and moved_to not in others_of(contested):
        raise Invalid(FieldError("moved_to", "not_a_party", _("选办过这件的另一个单位")))
    if outcome == Outcome.APPROVED and moved_to is not None:
        # Before the decision: afterwards the database lets nobody move it.
        contested.moved_to = moved_to
        contested.save(update_fields=["moved_to"])
    decisions.decide(contested.decision, outcome=outcome, by=by, at=at, reason=reason.strip())


def others_of(contested: ChargeContest) -> list[Organisation]:
    """The offices of the case that its days may go to instead."""
    application = contested.application
    offices = [
        office_of(application.town),
        office_of(application.city),
        application.guarantor,
        application.bank,
    ]
    return [office for office in offices if office.pk != contested.organisation_id]


def contestable(application: Application, office: Organisation, *, today: date) -> list[date]:
    """The days charged to the office now that it hasn't contested yet."""
    raised = set(
        ContestedDay.objects.filter(application=application, organisation=office).values_list("day", flat=True)
    )
    charges = settled_charges(application, today=today)
    return [one.day for one in charges if one.office == office.short_name and one.day not in raised]


def settled_charges(application: Application, *, today: date) -> list[Charge]:
    """The used days of the promise by office and stage, after what the city decided; NOBODY is an office too."""
    calendar = deadlines.calendar_for(application)
    charged = deadlines.charges(application, today=today, calendar=calendar)
    return settled(charged, upheld().filter(application=application))


def upheld() -> QuerySet[ChargeContest]:
    """What the city agreed to, in the order in which it did."""
    found = ChargeContest.objects.filter(decision__outcome=Outcome.APPROVED).order_by("decision__decided_at", "pk")
    return found.select_related("organisation", "moved_to").prefetch_related("days")


def settled(charged: Iterable[Charge], contests: Iterable[ChargeContest]) -> list[Charge]:
    """The charges after the upheld contests of the case. A day that is another office's by then stays there."""
    charges = {one.day: one for one in charged}
    for one in contests:
        office = one.moved_to.short_name if one.moved_to else NOBODY
        for day in (row.day for row in one.days.all()):
            charge = charges.get(day)
            if charge is not None and charge.office == one.organisation.short_name:
                charges[day] = Charge(day, office, charge.stage)
    return list(charges.values())


def works_for(user: User) -> list[Organisation]:
    """The offices for which she may contest and read statements."""
    return [one.organisation for one in live_memberships(user) if one.grants("contest_charge")]
