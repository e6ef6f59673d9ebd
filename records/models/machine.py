"""What a state machine and its log have in common."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMModelMixin

from accounts.models import Membership, User
from records.models.permanent import Permanent

Move = Callable[..., Any]


class Authority:
    """By what right somebody moves a subject: a membership, her own case, or a machine's mandate."""

    def __init__(self, membership: Membership | None = None) -> None:
        self.membership = membership


class Machine(FSMModelMixin, models.Model):
    """A subject that waits in states and is moved by `records.engine.perform` alone.

    A machine declares `state = FSMField(protected=True)` with its choices and first state as default, its moves as
    django-fsm transitions whose `permission` is a name of the roles table, and a log: a concrete `Transition` with
    `subject = ForeignKey(<machine>, related_name="log")`.
    """

    version = models.PositiveIntegerField(_("版本"), default=0, editable=False)

    # The relations that authority always asks for: read together with the lock.
    locked_with: ClassVar[tuple[str, ...]] = ()

    state: str
    log: ClassVar[Any]

    class Meta:
        abstract = True

    def authority_of(self, user: User, permission: str) -> Authority | None:
        """By what right the user may make a move that asks for this permission; None where there is none."""
        raise NotImplementedError

    def check_separation(self, move: str, *, by: User) -> None:
        """Raise a Refusal where the person may make such moves, but not this one: what she did before forbids it."""


class Transition(Permanent):
    """One move of one subject, as it happened. Inserting the row is what moves the subject."""

    version = models.PositiveIntegerField(_("版本"))
    move = models.CharField(_("动作"), max_length=40)
    source = models.CharField(_("从"), max_length=20)
    target = models.CharField(_("到"), max_length=20)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("谁"))
    acting_as = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("何时"))
    reason = models.TextField(_("原因"), blank=True)
    # The subject's row just before the move, so that a later change of it outside the engine can be shown.
    before_sha256 = models.CharField(max_length=64)

    subject: Any
    subject_id: int

    class Meta:
        abstract = True
        ordering = ["version"]
        constraints = [models.UniqueConstraint(name="%(class)s_versions_are_unique", fields=["subject", "version"])]
