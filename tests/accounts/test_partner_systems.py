import pytest
from django.core.management import CommandError, call_command
from django.test import Client, RequestFactory
from oauth2_provider.contrib.rest_framework import OAuth2Authentication

from accounts.partner_systems import open_client
from tests.makers.people import Offices


def ask(client: Client, client_id: str, client_secret: str, grant_type: str = "client_credentials"):
    return client.post(
        "/api/v1/token", {"grant_type": grant_type, "client_id": client_id, "client_secret": client_secret}
    )


def test_a_partners_system_gets_a_token_that_is_its_own_for_an_hour(offices: Offices, client: Client):
    answer = ask(client, *open_client(offices.bank, username="bank-core"))
    assert (answer.status_code, answer.json()["expires_in"]) == (200, 3600)
    request = RequestFactory().get("/", headers={"Authorization": f"Bearer {answer.json()['access_token']}"})
    authenticated = OAuth2Authentication().authenticate(request)
    assert authenticated is not None
    assert authenticated[0] == offices.bank_system


def test_a_wrong_secret_gets_nothing(offices: Offices, client: Client):
    credentials = open_client(offices.bank, username="bank-core")
    assert ask(client, credentials.client_id, "wrong").status_code == 401
    assert ask(client, "unknown", credentials.client_secret).status_code == 401


def test_new_credentials_put_the_old_ones_and_their_tokens_out_of_use(offices: Offices, client: Client):
    old = open_client(offices.bank, username="bank-core")
    token = ask(client, *old).json()["access_token"]
    open_client(offices.bank, username="bank-core")
    assert ask(client, *old).status_code == 401
    request = RequestFactory().get("/", headers={"Authorization": f"Bearer {token}"})
    assert OAuth2Authentication().authenticate(request) is None


def test_a_system_that_was_switched_off_gets_nothing(offices: Offices, client: Client):
    credentials = open_client(offices.bank, username="bank-core")
    offices.bank_system.is_active = False
    offices.bank_system.save()
    assert ask(client, *credentials).status_code == 400


@pytest.mark.parametrize("grant_type", ["password", "implicit", "authorization_code", "refresh_token", ""])
def test_no_other_way_leads_to_a_token(offices: Offices, client: Client, grant_type):
    assert ask(client, *open_client(offices.bank, username="bank-core"), grant_type).status_code in (400, 401)


def test_the_command_prints_what_the_partner_needs(offices: Offices, capsys, client: Client):
    call_command("open_client", "new-core", organisation=offices.bank.name)
    lines = dict(line.split("=") for line in capsys.readouterr().out.splitlines()[:2])
    assert ask(client, lines["client_id"], lines["client_secret"]).status_code == 200


def test_the_command_says_what_is_missing(offices: Offices):
    with pytest.raises(CommandError, match="没有单位"):
        call_command("open_client", "x", organisation="没有的单位")
    for taken in ("town", "clock"):
        with pytest.raises(CommandError, match="已经有人用了"):
            call_command("open_client", taken, organisation=offices.bank.name)
