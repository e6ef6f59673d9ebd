from datetime import time

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
    opens_at = models.TimeField(_("几点开门"), null=True, blank=True, help_text=_("工作日的时间。不填就不核对。"))
    closes_at = models.TimeField(_("几点关门"), null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["region_id", "pk"]
        verbose_name = verbose_name_plural = _("单位")
        constraints = [
            models.UniqueConstraint(
                name="a_region_has_one_live_federation",
                fields=["region"],
                condition=models.Q(kind="federation", is_active=True),
            ),
            models.CheckConstraint(
                name="an_office_closes_after_it_opens",
                condition=models.Q(opens_at__isnull=True, closes_at__isnull=True)
                | models.Q(opens_at__isnull=False, closes_at__isnull=False, closes_at__gt=models.F("opens_at")),
                violation_error_message=_("开门和关门的时间要一起写，关门在后。"),
            ),
        ]

    def __str__(self) -> str:
        return self.short_name

    def is_open_at(self, moment: time) -> bool:
        """Whether its doors are open then on a working day; they may be while nobody said when."""
        if self.opens_at is None or self.closes_at is None:
            return True
        return self.opens_at <= moment < self.closes_at

    def may_have_issued(self, card_no: str) -> bool:
        """Whether a card looks like one of this bank's; any does while nobody said how its cards begin."""
        prefixes = tuple(self.card_prefixes.split())
        return not prefixes or card_no.startswith(prefixes)
