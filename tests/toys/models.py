"""A machine as small as one can be."""

from django.db import models
from django.db.models import Q
from django_fsm import RETURN_VALUE, FSMField, transition

from accounts.models import Region, User
from accounts.permissions import acting_membership
from records.models import Machine, Transition
from records.models.machine import Authority
from records.refusals import SamePerson

STATES = [(state, state) for state in ("OFF", "ON", "BROKEN")]


class Lamp(Machine):
    """One lamp of one place. The place's federation switches it, its city mends it."""

    place = models.ForeignKey(Region, models.PROTECT, related_name="+")
    colour = models.CharField(max_length=20, blank=True)
    was = models.CharField(max_length=20, blank=True)
    state = FSMField(max_length=20, choices=STATES, default="OFF", protected=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="a_lit_lamp_has_a_colour", condition=~Q(state="ON") | ~Q(colour="")),
        ]

    def __str__(self) -> str:
        return f"lamp {self.pk}"

    @transition(state, source="OFF", target="ON", permission="accept")
    def switch_on(self, *, colour: str) -> None:
        self.colour = colour

    @transition(state, source="ON", target="OFF", permission="waitlist")
    def switch_off(self) -> None:
        pass

    @transition(state, source=["OFF", "ON"], target="BROKEN", permission="decline")
    def drop(self) -> None:
        self.was = self.state

    @transition(state, source="BROKEN", target=RETURN_VALUE("OFF", "ON"), permission="unfreeze")
    def mend(self) -> str:
        return self.was

    def authority_of(self, user: User, permission: str) -> Authority | None:
        membership = acting_membership(user, permission, self.place)
        return Authority(membership) if membership else None

    def check_separation(self, move: str, *, by: User) -> None:
        if move == "mend" and self.log.filter(move="drop", by=by).exists():
            raise SamePerson


class LampTransition(Transition):
    """One move of one lamp."""

    subject = models.ForeignKey(Lamp, models.PROTECT, related_name="log")

    class Meta(Transition.Meta):
        pass
