"""One-time links by which a member of staff sets a password of her own: nobody else ever knows one."""

from django.contrib.auth.tokens import default_token_generator
from django.utils.encoding import force_bytes, force_str
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from accounts.models import User
from accounts.models.user import UserKind


def invitation_path(user: User) -> str:
    """The address of her link. It works once, for a day, and only as long as she hasn't signed in since."""
    assert user.kind == UserKind.STAFF, "only staff have passwords"
    code = urlsafe_base64_encode(force_bytes(user.pk))
    return f"/staff/password/{code}/{default_token_generator.make_token(user)}"


def invited(user_code: str, token: str) -> User | None:
    """Whose link this is; None for one that was used, is too old or was made up."""
    try:
        user_id = int(force_str(urlsafe_base64_decode(user_code)))
    except ValueError:
        return None
    user = User.objects.filter(pk=user_id, kind=UserKind.STAFF, is_active=True).first()
    return user if user is not None and default_token_generator.check_token(user, token) else None
