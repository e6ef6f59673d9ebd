"""manage.py open_client USERNAME --organisation 石榴市农村信用合作联社: credentials for a partner's system."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from accounts.models import Organisation, User
from accounts.models.user import UserKind
from accounts.partner_systems import open_client


class Command(BaseCommand):
    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.description = _("给一个单位的系统开接口账号；再开一次，旧的就作废")
        parser.add_argument("username")
        parser.add_argument("--organisation", required=True, help=_("单位全称"))

    def handle(self, *args: object, username: str, organisation: str, **options: object) -> None:
        place = Organisation.objects.filter(name=organisation, is_active=True).first()
        if place is None:
            raise CommandError(_("没有单位 %(name)s，先在 /admin/ 里录上。") % {"name": organisation})
        others = User.objects.filter(username=username).exclude(kind=UserKind.MACHINE, acts_for=place)
        if others.exists():
            raise CommandError(_("账号 %(username)s 已经有人用了，换一个。") % {"username": username})
        credentials = open_client(place, username=username)
        self.stdout.write(f"client_id={credentials.client_id}")
        self.stdout.write(f"client_secret={credentials.client_secret}")
        self.stdout.write(_("密钥只显示这一次，收好。"))
