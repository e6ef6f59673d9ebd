"""manage.py import_regions FILE [--apply]"""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from accounts.csv_rows import UnreadableRows
from accounts.region_import import RegionChange, changes, enter_regions, read_regions


class Command(BaseCommand):
    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.description = _("录入市、镇、村的名单：先看改了哪些，加 --apply 才写入")
        parser.add_argument("file", type=Path, help="CSV: code,name,level,valid_from[,valid_to]")
        parser.add_argument("--apply", action="store_true", help=_("写入"))

    def handle(self, *args: object, file: Path, apply: bool, **options: object) -> None:
        try:
            regions = read_regions(file.read_bytes())
        except OSError as problem:
            raise CommandError(_("读不到 %(file)s，核对路径。") % {"file": file}) from problem
        except UnreadableRows as problem:
            raise CommandError(_("没有写入，改好再来：") + "\n" + str(problem)) from problem
        found = changes(regions)
        for change in found:
            self.stdout.write(_line(change))
        self.stdout.write(
            _("文件里 %(rows)d 处，其中 %(changed)d 处有变化。") % {"rows": len(regions), "changed": len(found)}
        )
        if not apply:
            self.stdout.write(_("这是预览，还没写入。要写入，加上 --apply。"))
            return
        enter_regions(regions)
        self.stdout.write(_("已写入。"))


def _line(change: RegionChange) -> str:
    words = {
        "new": _("新增 %(code)s %(name)s"),
        "renamed": _("改名 %(code)s %(before)s → %(name)s"),
        "closed": _("停用 %(code)s %(name)s"),
    }
    region = change.region
    return words[change.kind] % {"code": region.code, "name": region.name, "before": change.before}
