from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from records.encryption import EncryptedTextField


class Channel(models.TextChoices):
    SMS = "sms", _("短信")
    VOICE = "voice", _("语音电话")
    INBOX = "inbox", _("站内提醒")


class Notice(models.Model):
    """One message that is owed to somebody: written with the act that owes it, delivered by the worker."""

    channel = models.CharField(max_length=6, choices=Channel, default=Channel.SMS)
    kind = models.CharField(_("类别"), max_length=40)
    to_user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="notices")
    mobile = EncryptedTextField(_("手机号"), blank=True, default="")
    about = models.CharField(_("关于"), max_length=60, blank=True)
    text = EncryptedTextField(_("内容"))
    # What makes it one message: the same act told twice is told once.
    once = models.CharField(max_length=120, unique=True)
    created_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    claimed_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    dead_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("消息")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="a_notice_is_not_both_sent_and_dead",
                condition=Q(sent_at__isnull=True) | Q(dead_at__isnull=True),
            )
        ]
        indexes = [
            models.Index(
                name="notices_still_owed",
                fields=["next_try_at"],
                condition=Q(sent_at__isnull=True, dead_at__isnull=True),
            )
        ]
