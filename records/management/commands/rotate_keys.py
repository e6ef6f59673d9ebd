"""manage.py rotate_keys: after a new key was put in front of FIELD_KEYS, re-encrypt everything with it."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from records.key_rotation import rotate_columns, rotate_files


class Command(BaseCommand):
    def handle(self, *args: object, **options: object) -> None:
        counts = {"values": rotate_columns(), "files": rotate_files()}
        self.stdout.write(_("换了 %(values)d 个值、%(files)d 个文件。现在可以撤下旧密钥。") % counts)
