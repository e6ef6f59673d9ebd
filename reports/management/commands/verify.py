"""manage.py verify [--files]: every invariant that the database can show; a line where one fails, and exit 1."""

import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from time import perf_counter

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

import loans.verification
import records.verification
import workflows.verification

PARTS: tuple[Callable[[], Iterator[str]], ...] = (
    records.verification.findings,
    loans.verification.findings,
    workflows.verification.findings,
)


class Command(BaseCommand):
    # The database is what it looks at; a missing trigger is a finding like any other.
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.description = _("逐条核对账和记录：不成立的各写一行，退出码 1")
        parser.add_argument("--files", action="store_true", help=_("把存档文件也逐个读一遍"))

    def handle(self, *args: object, files: bool, **options: object) -> None:
        began = perf_counter()
        parts = [*PARTS, records.verification.findings_in_files] if files else PARTS
        count = 0
        for findings in parts:
            for line in findings():
                self.stdout.write(line)
                count += 1
        for remark in records.verification.remarks():
            self.stdout.write(_("留意：%(remark)s") % {"remark": remark})
        if count:
            self.stdout.write(_("%(count)d 处不成立。") % {"count": count})
            sys.exit(1)
        self.stdout.write(_("都成立，用了 %(seconds).1f 秒。") % {"seconds": perf_counter() - began})
