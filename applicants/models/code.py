from django.db import models


class SignInCode(models.Model):
    """One six-digit code sent or read to one phone: good for ten minutes, five tries and one use."""

    mobile_index = models.CharField(max_length=64, db_index=True)
    # Blind index of the network that asked for it, "" where that couldn't be told.
    address_index = models.CharField(max_length=64, blank=True, default="", db_index=True)
    code_hash = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="a_code_is_tried_five_times_at_most", condition=models.Q(tries__lte=5))
        ]
