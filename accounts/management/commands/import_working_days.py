"""manage.py import_working_days FILE [--apply --by USERNAME]"""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.csv_rows import UnreadableRows
from accounts.models.user import User, UserKind
from accounts.permissions import holds
from accounts.working_day_import import Change, changes, enter_rows, read_rows


class Command(BaseCommand):
    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.description = _("录入放假调休安排：先看改了哪些天，加 --apply 才写入")
        parser.add_argument("file", type=Path, help="CSV: date,is_working,name,source,published_at")
        parser.add_argument("--apply", action="store_true", help=_("写入"))
        parser.add_argument("--by", metavar="USERNAME", help=_("录入人的用户名，写入时要有"))

    def handle(self, *args: object, file: Path, apply: bool, by: str | None, **options: object) -> None:
        at = timezone.now()
        user = _staff(by) if apply else None
        try:
            rows = read_rows(file.read_bytes(), at=at)
        except OSError as problem:
            raise CommandError(_("读不到 %(file)s，核对路径。") % {"file": file}) from problem
        except UnreadableRows as problem:
            raise CommandError(_("没有写入，改好再来：") + "\n" + str(problem)) from problem
        found = changes(rows)
        for change in found:
            self.stdout.write(_line(change))
        moved = sum(change.is_moved for change in found)
        self.stdout.write(_("新录 %(rows)d 天，其中 %(moved)d 天变了。") % {"rows": len(rows), "moved": moved})
        if user is None:
            self.stdout.write(_("这是预览，还没写入。要写入，加上 --apply --by 用户名。"))
            return
        enter_rows(rows, by=user, at=at)
        self.stdout.write(_("已写入。"))


def _staff(username: str | None) -> User:
    user = User.objects.filter(username=username or "", kind=UserKind.STAFF).first()
    if user is None or not holds(user, "manage_calendar"):
        raise CommandError(_("写入要留下录入人：--by 后面写一个市妇联工作人员的用户名。"))
    return user


def _line(change: Change) -> str:
    return _("%(date)s %(after)s（%(name)s），原来%(before)s") % {
        "date": date_format(change.row.day, "Y-m-d D"),
        "after": _kind(is_working=change.is_working),
        "name": change.row.name,
        "before": _kind(is_working=change.was_working) + (_("（推定）") if change.was_provisional else ""),
    }


def _kind(*, is_working: bool) -> str:
    return _("上班") if is_working else _("休息")
