"""manage.py open_office --city-code 990000000000 --city 石榴市 --federation 石榴市妇女联合会 --phone 0999-0123456 …

Opens an empty installation: the city, its federation and the first system administrator, who gets a one-time link and
appoints everybody else at /admin/.
"""

from argparse import ArgumentParser
from datetime import datetime

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.appointments import appoint
from accounts.invitations import invitation_path
from accounts.models import Membership, Organisation, Region, User
from accounts.models.organisation import OrganisationKind
from accounts.models.region import RegionLevel
from accounts.models.user import UserKind
from accounts.roles import Role


class Command(BaseCommand):
    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.description = _("开办：建市、市妇联和第一位系统管理员，给她一个一次性登录链接")
        parser.add_argument("--city-code", required=True, help=_("市的 12 位代码"))
        parser.add_argument("--city", required=True, help=_("市的名称"))
        parser.add_argument("--federation", required=True, help=_("市妇联全称"))
        parser.add_argument("--phone", required=True, help=_("市妇联电话"))
        parser.add_argument("--username", default="sysadmin", help=_("管理员的账号"))
        parser.add_argument("--name", required=True, help=_("管理员的姓名"))
        parser.add_argument("--site", default="http://127.0.0.1:8000", help=_("网址，用来写出完整的链接"))

    @transaction.atomic
    def handle(self, *args: object, **options: str) -> None:
        if Membership.objects.live().filter(role=Role.SYSTEM_ADMIN).exists():
            raise CommandError(_("已经有系统管理员了，让她在 /admin/ 里出新的登录链接。"))
        at = timezone.now()
        federation = _federation(options, at=at)
        administrator = _administrator(options["username"], options["name"])
        appoint(administrator, organisation=federation, role=Role.SYSTEM_ADMIN, at=at, is_head=False)
        self.stdout.write(_("开好了。这个链接一天内用一次，用它设密码："))
        self.stdout.write(options["site"].rstrip("/") + invitation_path(administrator))


def _federation(options: dict[str, str], *, at: datetime) -> Organisation:
    city, _created = Region.objects.get_or_create(
        code=options["city_code"],
        defaults={
            "name": options["city"],
            "level": RegionLevel.CITY,
            "valid_from": timezone.localdate(at),
        },
    )
    federation, _created = Organisation.objects.get_or_create(
        region=city,
        kind=OrganisationKind.FEDERATION,
        defaults={"name": options["federation"], "short_name": _("市妇联"), "phone": options["phone"]},
    )
    return federation


def _administrator(username: str, name: str) -> User:
    if User.objects.filter(username=username).exists():
        raise CommandError(_("账号 %(username)s 已经有人用了，用 --username 换一个。") % {"username": username})
    administrator = User(username=username, name=name, kind=UserKind.STAFF)
    administrator.set_unusable_password()
    administrator.save()
    return administrator
