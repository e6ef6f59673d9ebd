from django.conf import settings
from django.db import models


class IdempotencyKey(models.Model):
    """One request that must not be carried out twice, and the answer that it got."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    method = models.CharField(max_length=8)
    path = models.CharField(max_length=200)
    key = models.CharField(max_length=255)
    body_sha256 = models.CharField(max_length=64)
    claimed_until = models.DateTimeField()
    status = models.PositiveSmallIntegerField(null=True)
    answer = models.BinaryField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="an_idempotency_key_is_used_once", fields=["user", "method", "path", "key"]),
            models.CheckConstraint(
                name="an_answer_is_stored_with_its_status",
                condition=models.Q(status__isnull=True, answer__isnull=True)
                | models.Q(status__isnull=False, answer__isnull=False),
            ),
        ]
