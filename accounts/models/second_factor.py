from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.user import User


class SecondFactor(models.Model):
    """The authenticator app of one member of staff. Without SECRET_KEY the row is worth nothing to a thief."""

    user = models.OneToOneField(User, models.PROTECT, related_name="second_factor")
    # Together with SECRET_KEY it makes the secret that her app holds.
    nonce = models.CharField(max_length=32)
    # Until then she has not shown that her app computes the same codes.
    confirmed_at = models.DateTimeField(null=True)
    # The step of the last code that opened the door: none opens it twice.
    last_step = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("动态码")
        constraints = [
            models.CheckConstraint(name="a_second_factor_has_its_nonce", condition=~models.Q(nonce="")),
        ]
