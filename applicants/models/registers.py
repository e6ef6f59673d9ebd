from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Region


class BaseKind(models.TextChoices):
    TRAINING = "training", _("培训基地")
    MODEL = "model", _("示范基地")


class TrainingBase(models.Model):
    """One place where women learn a trade or see one done well."""

    kind = models.CharField(_("类别"), max_length=10, choices=BaseKind)
    name = models.CharField(_("名称"), max_length=60, unique=True)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("地区"))
    trade = models.CharField(_("做什么"), max_length=30)
    phone = models.CharField(_("电话"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("基地")
        ordering = ["kind", "region_id", "name"]

    def __str__(self) -> str:
        return self.name


class Course(models.Model):
    """One course at a base, its places and how many were taken."""

    base = models.ForeignKey(TrainingBase, models.PROTECT, related_name="courses", verbose_name=_("基地"))
    title = models.CharField(_("课程"), max_length=60)
    held_on = models.DateField(_("日期"))
    places = models.PositiveSmallIntegerField(_("名额"))
    # Those of before the register kept names.
    taken_before = models.PositiveSmallIntegerField(default=0)
    # Moved by the rows of applicants.models.referral, in the statement that checks the bound.
    places_taken = models.PositiveSmallIntegerField(_("已参加"), default=0)

    class Meta:
        verbose_name = _("培训班")
        ordering = ["-held_on"]
        constraints = [
            models.CheckConstraint(
                name="a_course_seats_no_more_than_its_places", condition=Q(places_taken__lte=F("places"))
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def places_left(self) -> int:
        return self.places - self.places_taken


class Workshop(models.Model):
    """One workshop in a village that gives women work near home (乡下车间)."""

    village = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("村"))
    name = models.CharField(_("名称"), max_length=60, unique=True)
    trade = models.CharField(_("做什么"), max_length=30)
    jobs = models.PositiveSmallIntegerField(_("岗位"))
    phone = models.CharField(_("电话"), max_length=20)

    class Meta:
        verbose_name = _("乡下车间")
        ordering = ["village_id", "name"]

    def __str__(self) -> str:
        return self.name


class Mentor(models.Model):
    """One woman of experience who takes others by the hand (结对帮扶), so many at once."""

    name = models.CharField(_("姓名"), max_length=50)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("地区"))
    trade = models.CharField(_("做什么"), max_length=30)
    phone = models.CharField(_("电话"), max_length=20)
    most = models.PositiveSmallIntegerField(_("最多带几个人"), default=3)

    class Meta:
        verbose_name = _("结对导师")
        ordering = ["region_id", "name"]
        constraints = [
            models.UniqueConstraint(name="a_mentor_stands_in_the_register_once", fields=["name", "region", "trade"])
        ]

    def __str__(self) -> str:
        return self.name


class HelpedMother(models.Model):
    """One mother in need whom the mutual-help fund lent money without interest."""

    village = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("村"))
    name_masked = models.CharField(_("姓名"), max_length=10)
    helped_on = models.DateField(_("日期"))
    amount_fen = models.PositiveBigIntegerField(_("金额（分）"))
    purpose = models.CharField(_("用途"), max_length=40)

    class Meta:
        verbose_name = _("贫困母亲帮扶")
        ordering = ["-helped_on"]
        constraints = [models.CheckConstraint(name="help_is_more_than_nothing", condition=Q(amount_fen__gt=0))]
