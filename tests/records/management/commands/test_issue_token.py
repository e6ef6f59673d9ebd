import pytest
from django.core.management import CommandError, call_command
from django.test import RequestFactory
from oauth2_provider.contrib.rest_framework import OAuth2Authentication
from oauth2_provider.models import AccessToken, Application

from tests.makers.people import Offices
from tests.records.test_engine import NOON


def issued(username: str, capsys: pytest.CaptureFixture[str]) -> str:
    call_command("issue_token", username)
    return capsys.readouterr().out.strip()


def test_a_token_is_its_users_for_an_hour(offices: Offices, capsys, time_machine):
    time_machine.move_to(NOON, tick=False)
    issued("bank-core", capsys)
    token = AccessToken.objects.get()
    assert token.user == offices.bank_system
    assert (token.expires - NOON).total_seconds() == 3600
    assert token.is_valid(["api"])


def test_a_token_opens_the_door_and_the_database_has_only_its_fingerprint(offices: Offices, capsys):
    given = issued("bank-core", capsys)
    assert AccessToken.objects.get().token == ""
    request = RequestFactory().get("/api/v1/tasks", headers={"Authorization": f"Bearer {given}"})
    assert OAuth2Authentication().authenticate(request) == (offices.bank_system, AccessToken.objects.get())


def test_each_token_is_another_and_the_client_is_the_same(offices: Offices, capsys):
    assert issued("bank-core", capsys) != issued("bank-core", capsys)
    assert Application.objects.count() == 1


def test_members_of_staff_get_one_in_the_demo_only(offices: Offices, capsys, settings):
    assert issued("city", capsys)
    settings.DEMO = False
    with pytest.raises(CommandError, match="不给个人"):
        call_command("issue_token", "city")
    assert issued("bank-core", capsys)


def test_nobody_gets_none(offices: Offices):
    offices.bank_system.is_active = False
    offices.bank_system.save()
    for username in ("nobody", "bank-core"):
        with pytest.raises(CommandError, match="没有账号"):
            call_command("issue_token", username)
