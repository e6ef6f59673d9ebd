"""manage.py outbox [--last 20] [--dead]: the last messages, with the words, for whoever tries the service out."""

from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from records.models import Notice
from records.models.notice import Channel


class Command(BaseCommand):
    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.description = _("最近的短信和站内提醒")
        parser.add_argument("--last", type=int, default=20, help=_("几条"))
        parser.add_argument("--dead", action="store_true", help=_("只看发不出去的"))

    def handle(self, *args: object, last: int, dead: bool, **options: object) -> None:
        notices = Notice.objects.filter(dead_at__isnull=False) if dead else Notice.objects.all()
        for notice in reversed(notices.select_related("to_user").order_by("-pk")[:last]):
            self.stdout.write(_line(notice))


def _line(notice: Notice) -> str:
    at = date_format(localtime(notice.created_at), "Y-m-d H:i")
    return "  ".join([at, _whom(notice), _fate(notice), notice.kind, notice.about, _words(notice)])


def _whom(notice: Notice) -> str:
    if notice.channel == Channel.INBOX:
        return str(notice.to_user)
    # Only the demo's phones are nobody's.
    return notice.mobile if settings.DEMO else f"*******{notice.mobile[-4:]}"


def _words(notice: Notice) -> str:
    """In real use the words stay with her: they name sums, and codes that open doors."""
    return notice.text if settings.DEMO else ""


def _fate(notice: Notice) -> str:
    if notice.sent_at:
        return _("已发")
    if notice.dead_at:
        return _("发不出去：%(error)s") % {"error": notice.last_error}
    return _("待发")
