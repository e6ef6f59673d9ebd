from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models.organisation import Organisation, OrganisationKind
from accounts.models.region import Region
from accounts.models.user import User
from accounts.roles import ADMINISTRATORS, HEAD_ONLY, PERMISSIONS, Role


class MembershipQuerySet(models.QuerySet["Membership"]):
    def live(self) -> "MembershipQuerySet":
        return self.filter(ended_at__isnull=True, organisation__is_active=True, user__is_active=True)


class Membership(models.Model):
    """One role that one member of staff holds in one organisation, from one moment to another."""

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships", verbose_name=_("人员"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships", verbose_name=_("单位"))
    role = models.CharField(_("角色"), max_length=20, choices=Role)
    is_head = models.BooleanField(_("负责人"), default=False)
    started_at = models.DateTimeField(_("开始"))
    ended_at = models.DateTimeField(_("结束"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["pk"]
        verbose_name = verbose_name_plural = _("任职")
        constraints = [
            models.UniqueConstraint(
                name="nobody_holds_the_same_role_twice_at_once",
                fields=["user", "organisation", "role"],
                condition=Q(ended_at__isnull=True),
            ),
            models.UniqueConstraint(
                name="an_administrator_holds_one_administration_only",
                fields=["user"],
                condition=Q(ended_at__isnull=True, role__in=sorted(ADMINISTRATORS)),
            ),
            models.CheckConstraint(
                name="membership_ends_after_it_starts",
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=models.F("started_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}（{self.organisation}）"

    def grants(self, permission: str) -> bool:
        """Whether the role holds the permission, heads' permissions only for heads."""
        return permission in PERMISSIONS[self.role] and (self.is_head or permission not in HEAD_ONLY)

    def covers(self, place: Organisation | Region) -> bool:
        """A federation covers its region and all below it; a partner covers itself."""
        if isinstance(place, Region):
            is_federation = self.organisation.kind == OrganisationKind.FEDERATION
            return is_federation and self.organisation.region.contains(place)
        return self.organisation_id == place.pk
