from typing import Final

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User

# So many names fit beside the list and can still be told apart.
MOST: Final = 12


class SavedView(models.Model):
    """Conditions of a list that one member of staff keeps under a name of her own, such as 我的周报."""

    user = models.ForeignKey(User, models.PROTECT, related_name="saved_views")
    # Each has one of twelve places, so that the database knows when there is none left.
    place = models.PositiveSmallIntegerField()
    name = models.CharField(_("名字"), max_length=20)
    query = models.CharField(_("条件"), max_length=300)
    saved_at = models.DateTimeField()

    class Meta:
        verbose_name = _("视图")
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(name="a_view_has_a_name_of_its_own_for_each_user", fields=["user", "name"]),
            models.UniqueConstraint(name="a_view_has_a_place_of_its_own_for_each_user", fields=["user", "place"]),
            models.CheckConstraint(
                name="nobody_keeps_more_than_twelve_views", condition=Q(place__gte=1, place__lte=MOST)
            ),
            models.CheckConstraint(name="a_saved_view_is_called_something", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name
