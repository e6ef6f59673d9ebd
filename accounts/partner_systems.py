"""A partner's own system signs in by OAuth2 client credentials; each client owns one machine user."""

from typing import Any, NamedTuple

from django.db import transaction
from oauth2_provider.generators import generate_client_secret
from oauth2_provider.models import get_application_model
from oauth2_provider.oauth2_validators import OAuth2Validator

from accounts.models import Organisation, User
from accounts.models.user import UserKind

CLIENT_CREDENTIALS = "client-credentials"


class Credentials(NamedTuple):
    """What a partner's system needs to ask for tokens. The secret is shown once; the database has its hash."""

    client_id: str
    client_secret: str


def open_client(organisation: Organisation, *, username: str) -> Credentials:
    """A machine user that acts for the organisation, with new credentials; earlier ones of that name stop working."""
    secret: str = generate_client_secret()
    with transaction.atomic():
        user, _created = User.objects.get_or_create(
            username=username, defaults={"name": username, "kind": UserKind.MACHINE, "acts_for": organisation}
        )
        assert (user.kind, user.acts_for_id) == (UserKind.MACHINE, organisation.pk), f"{username} is somebody else"
        clients = get_application_model().objects
        clients.filter(user=user).delete()
        client = clients.create(
            user=user,
            name=username,
            client_type="confidential",
            authorization_grant_type=CLIENT_CREDENTIALS,
            client_secret=secret,
        )
    return Credentials(client.client_id, secret)


class ClientsOwnUser(OAuth2Validator):  # type: ignore[misc]  # the package has no types
    """Gives a token of client credentials to the machine that owns the client, while that machine is in use."""

    def validate_grant_type(
        self, client_id: str, grant_type: str, client: Any, request: Any, *args: Any, **kwargs: Any
    ) -> bool:
        is_machine = client.user is not None and client.user.kind == UserKind.MACHINE and client.user.is_active
        return is_machine and bool(super().validate_grant_type(client_id, grant_type, client, request, *args, **kwargs))

    def _create_access_token(
        self, expires: Any, request: Any, token: dict[str, Any], source_refresh_token: Any = None
    ) -> Any:
        request.user = request.client.user
        return super()._create_access_token(expires, request, token, source_refresh_token)
