"""manage.py issue_token USERNAME: an access token for the API, good for an hour."""

from argparse import ArgumentParser
from datetime import timedelta

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from oauth2_provider.models import get_access_token_model, get_application_model, set_token_value

from accounts.models import User
from accounts.models.user import UserKind

LIFETIME = timedelta(hours=1)


class Command(BaseCommand):
    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.description = _("给一个账号出一小时有效的 API 令牌")
        parser.add_argument("username")

    def handle(self, *args: object, username: str, **options: object) -> None:
        user = User.objects.filter(username=username, is_active=True).first()
        if user is None:
            raise CommandError(_("没有账号 %(username)s，或已停用。") % {"username": username})
        if user.kind != UserKind.MACHINE and not settings.DEMO:
            raise CommandError(_("正式使用时，令牌只给各单位的系统，不给个人。"))
        self.stdout.write(_token_of(user))


def _token_of(user: User) -> str:
    client, _created = get_application_model().objects.get_or_create(
        user=user,
        name=f"issue_token {user.username}",
        defaults={"client_type": "confidential", "authorization_grant_type": "client-credentials"},
    )
    # 40 letters and digits of the system's randomness, as long as those that the token endpoint gives out.
    token = get_random_string(40)
    row = get_access_token_model()(user=user, application=client, expires=timezone.now() + LIFETIME, scope="api")
    set_token_value(row, token)
    row.save()
    return token
