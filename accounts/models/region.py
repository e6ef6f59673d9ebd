from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class RegionLevel(models.TextChoices):
    CITY = "city", _("市")
    TOWN = "town", _("镇（街道）")
    VILLAGE = "village", _("村（社区）")


# How many digits of the twelve name the place itself: 6 city, 3 town, 3 village (statistical division code).
DIGITS = {RegionLevel.CITY: 6, RegionLevel.TOWN: 9, RegionLevel.VILLAGE: 12}


class RegionQuerySet(models.QuerySet["Region"]):
    def below(self, region: "Region") -> "RegionQuerySet":
        """The region itself and every place in it."""
        return self.filter(code__startswith=region.prefix)


class Region(models.Model):
    """One place in the tree city → town → village, under its twelve-digit statistical code."""

    code = models.CharField(_("代码"), max_length=12, primary_key=True)
    name = models.CharField(_("名称"), max_length=50)
    level = models.CharField(_("级别"), max_length=8, choices=RegionLevel)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    # Codes change from year to year and old ones stay true of old cases: a place is closed, never deleted.
    valid_from = models.DateField(_("启用日期"))
    valid_to = models.DateField(_("停用日期"), null=True, blank=True)

    objects = RegionQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name = verbose_name_plural = _("地区")
        constraints = [
            models.CheckConstraint(name="region_code_has_twelve_digits", condition=Q(code__regex=r"^[0-9]{12}$")),
            models.CheckConstraint(
                name="only_a_city_has_no_parent",
                condition=Q(level="city", parent__isnull=True) | (~Q(level="city") & Q(parent__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def prefix(self) -> str:
        """The digits that every place inside this one begins with."""
        return self.code[: DIGITS[RegionLevel(self.level)]]

    def contains(self, other: "Region") -> bool:
        return other.code.startswith(self.prefix)
