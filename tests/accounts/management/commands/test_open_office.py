import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import Membership, Organisation, User
from accounts.roles import Role
from tests.makers.people import Offices

ASKED = {
    "city_code": "990000000000",
    "city": "石榴市",
    "federation": "石榴市妇女联合会",
    "phone": "0999-0123456",
    "name": "简一平",
}


def test_the_first_administrator_sets_her_password_by_the_link_and_gets_in(db, capsys, client: Client):
    call_command("open_office", **ASKED, site="https://loans.example/")
    link = capsys.readouterr().out.splitlines()[-1]
    assert link.startswith("https://loans.example/staff/password/")
    path = link.removeprefix("https://loans.example")
    client.post(path, {"password": "石榴花开 2026", "again": "石榴花开 2026"})
    response = client.post("/staff/login", {"username": "sysadmin", "password": "石榴花开 2026"})
    assert response["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_an_office_is_opened_once(db):
    call_command("open_office", **ASKED)
    with pytest.raises(CommandError, match="已经有系统管理员"):
        call_command("open_office", **(ASKED | {"username": "another"}))
    assert Membership.objects.filter(role=Role.SYSTEM_ADMIN).count() == 1


def test_it_takes_the_city_that_was_imported_before(offices: Offices):
    Membership.objects.filter(role=Role.SYSTEM_ADMIN).update(ended_at="2026-06-01T00:00:00Z")
    call_command("open_office", **(ASKED | {"username": "first"}))
    assert User.objects.get(username="first").memberships.get().organisation == offices.city_federation
    assert Organisation.objects.filter(region=offices.city, kind="federation").count() == 1


def test_a_taken_name_changes_nothing(offices: Offices):
    Membership.objects.filter(role=Role.SYSTEM_ADMIN).update(ended_at="2026-06-01T00:00:00Z")
    with pytest.raises(CommandError, match="已经有人用了"):
        call_command("open_office", **(ASKED | {"username": "town"}))
    assert not Membership.objects.live().filter(role=Role.SYSTEM_ADMIN).exists()
