from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models.region import Region


class OrganisationKind(models.TextChoices):
    FEDERATION = "federation", _("妇联")
    GUARANTOR = "guarantor", _("担保公司")
    BANK = "bank", _("经办银行")
    FINANCE = "finance", _("财政局")


class Organisation(models.Model):
    """One office that takes part: a federation of some tier, the guarantor, the bank or the finance bureau."""

    name = models.CharField(_("名称"), max_length=80, unique=True)
    short_name = models.CharField(_("简称"), max_length=20)
    kind = models.CharField(_("类别"), max_length=12, choices=OrganisationKind)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("地区"), related_name="organisations")
    phone = models.CharField(_("电话"), max_length=20)
    address = models.CharField(_("地址"), max_length=100, blank=True)
    is_active = models.BooleanField(_("启用"), default=True)
    card_prefixes = models.CharField(
        _("本行卡号开头"),
        max_length=60,
        blank=True,
        help_text=_("银行才填。几个就用空格隔开，比如 622319。不填就不提醒。"),
    )

    history = HistoricalRecords()

    class Meta:
        ordering = ["region_id", "pk"]
        verbose_name = verbose_name_plural = _("单位")
        constraints = [
            models.UniqueConstraint(
                name="a_region_has_one_live_federation",
                fields=["region"],
                condition=models.Q(kind="federation", is_active=True),
            )
        ]

    def __str__(self) -> str:
        return self.short_name

    def may_have_issued(self, card_no: str) -> bool:
        """Whether a card looks like one of this bank's; any does while nobody said how its cards begin."""
        prefixes = tuple(self.card_prefixes.split())
        return not prefixes or card_no.startswith(prefixes)
