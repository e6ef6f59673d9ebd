from datetime import date

import pytest
from django.test import Client

from accounts.models import Membership, Organisation, User, WorkingDay
from accounts.roles import Role
from accounts.web.administration import office_admin
from records.models import Decision, Machine, Permanent, Transition
from tests.makers import cases
from tests.makers.people import Offices, phone_user, staff
from tests.makers.programme import a_programme
from tests.makers.women import an_id_no
from workflows import assigning


@pytest.fixture
def sysadmin(offices: Offices, client: Client) -> Client:
    client.force_login(offices.sysadmin, backend="accounts.backends.StaffBackend")
    return client


EVERYBODY_ELSE = [
    "helper",
    "town_reviewer",
    "city_reviewer",
    "leader",
    "guarantor_officer",
    "bank_officer",
    "finance_officer",
    "secadmin",
    "auditor",
]
TABLES = ["region", "organisation", "user", "membership", "workingday"]


@pytest.mark.parametrize("who", EVERYBODY_ELSE)
def test_the_administration_is_for_the_system_administrator_only(offices: Offices, client: Client, who):
    client.force_login(getattr(offices, who), backend="accounts.backends.StaffBackend")
    assert client.get("/admin/")["Location"].startswith("/admin/login/")
    for table in TABLES:
        assert client.get(f"/admin/accounts/{table}/").status_code == 302


def test_a_superuser_without_the_role_is_nobody_there(offices: Offices, client: Client):
    User.objects.filter(pk=offices.town_reviewer.pk).update(is_superuser=True, is_staff=True)
    client.force_login(offices.town_reviewer, backend="accounts.backends.StaffBackend")
    assert client.get("/admin/accounts/user/").status_code == 302


def test_it_shows_people_and_places_and_nothing_else(sysadmin: Client):
    response = sysadmin.get("/admin/")
    assert [app["app_label"] for app in response.context["app_list"]] == ["accounts"]
    shown = {model["object_name"] for model in response.context["app_list"][0]["models"]}
    assert shown == {"Region", "Organisation", "User", "Membership", "WorkingDay"}


@pytest.mark.parametrize("table", TABLES)
def test_each_list_opens(sysadmin: Client, table):
    assert sysadmin.get(f"/admin/accounts/{table}/").status_code == 200


def test_whoever_applies_is_none_of_the_administrators_business(sysadmin: Client):
    her = phone_user("a-phone")
    assert "a-phone" not in sysadmin.get("/admin/accounts/user/").content.decode()
    assert sysadmin.get(f"/admin/accounts/user/{her.pk}/change/").status_code == 302


def test_a_newcomer_comes_in_without_a_password_and_gets_a_link(sysadmin: Client):
    sysadmin.post(
        "/admin/accounts/user/add/",
        {
            "username": "newcomer",
            "name": "沈知秋",
            "phone": "0999-0123456",
            "is_active": "on",
            "id_no": an_id_no(9),
            "mobile": "13900000009",
        },
    )
    user = User.objects.get(username="newcomer")
    assert not user.has_usable_password()
    response = sysadmin.post(
        "/admin/accounts/user/", {"action": "make_link", "_selected_action": [user.pk]}, follow=True
    )
    assert "/staff/password/" in response.content.decode()


def test_a_role_is_given_and_ended(sysadmin: Client, offices: Offices):
    newcomer = staff("newcomer", "沈知秋")
    given = {"user": newcomer.pk, "organisation": offices.town_federations[0].pk, "role": Role.TOWN_REVIEWER}
    assert sysadmin.post("/admin/accounts/membership/add/", given).status_code == 302
    membership = Membership.objects.get(user=newcomer)
    assert membership.history.get().history_user == offices.sysadmin
    sysadmin.post("/admin/accounts/membership/", {"action": "end_role", "_selected_action": [membership.pk]})
    membership.refresh_from_db()
    assert membership.ended_at is not None


@pytest.mark.parametrize(
    ("who", "role", "words"),
    [
        ("auditor", Role.CITY_REVIEWER, "管理员不能再有别的角色"),
        ("town_reviewer", Role.TOWN_REVIEWER, "已经有这个角色"),
    ],
)
def test_a_role_that_cannot_be_given_says_why(sysadmin: Client, offices: Offices, who, role, words):
    user = getattr(offices, who)
    organisation = user.memberships.get().organisation
    response = sysadmin.post(
        "/admin/accounts/membership/add/", {"user": user.pk, "organisation": organisation.pk, "role": role}
    )
    assert words in response.content.decode()
    assert user.memberships.count() == 1


@pytest.mark.parametrize("table", TABLES)
def test_nothing_is_deleted(sysadmin: Client, offices: Offices, table):
    pk = {
        "region": offices.city.pk,
        "organisation": offices.bank.pk,
        "user": offices.town_reviewer.pk,
        "membership": offices.town_reviewer.memberships.get().pk,
        "workingday": 1,
    }[table]
    assert sysadmin.post(f"/admin/accounts/{table}/{pk}/delete/", {"post": "yes"}).status_code in (302, 403, 404)
    assert Organisation.objects.filter(pk=offices.bank.pk).exists()
    assert User.objects.filter(pk=offices.town_reviewer.pk).exists()


def test_a_day_of_a_notice_is_entered_with_its_name_and_never_edited(sysadmin: Client, offices: Offices):
    sysadmin.post(
        "/admin/accounts/workingday/add/",
        {
            "day": "2026-11-27",
            "name": "演示节",
            "source": "石榴市〔2026〕1号",
            "published_at_0": "2026-11-01",
            "published_at_1": "09:00",
        },
    )
    row = WorkingDay.objects.get()
    assert (row.day, row.is_working, row.entered_by) == (date(2026, 11, 27), False, offices.sysadmin)
    assert sysadmin.post(f"/admin/accounts/workingday/{row.pk}/change/", {"name": "x"}).status_code == 403


def test_whoever_signs_out_there_is_signed_out_as_everywhere(sysadmin: Client):
    response = sysadmin.post("/admin/logout/")
    assert (response["Location"], response["Clear-Site-Data"]) == ("/staff/login", '"cache", "storage"')
    assert sysadmin.get("/admin/").status_code == 302


def test_no_table_of_the_administration_is_one_that_the_engine_or_two_people_move():
    """What has states, a log, a second person or permanence is changed on its own pages only."""
    for model in office_admin._registry:
        assert not issubclass(model, (Machine, Transition, Permanent)), model
        keys = {field.related_model for field in model._meta.get_fields() if field.is_relation and field.concrete}
        assert Decision not in keys, model


@pytest.mark.parametrize("model", list(office_admin._registry), ids=lambda model: model.__name__)
def test_no_row_is_deleted_by_it_one_by_one_or_together(sysadmin: Client, model):
    table = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
    row = model.objects.order_by("pk").first()
    count = model.objects.count()
    if row is not None:
        assert sysadmin.post(f"{table}{row.pk}/delete/", {"post": "yes"}).status_code == 403
        sysadmin.post(table, {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"})
    assert model.objects.count() == count


def test_whoever_has_cases_in_hand_is_not_relieved_by_it(sysadmin: Client, offices: Offices):
    a_programme(offices)
    case = cases.a_submitted_case(offices)
    assigning.assign(case, owner=offices.town_reviewer, by=offices.town_reviewer, at=cases.MONDAY)
    membership = offices.town_reviewer.memberships.get()
    sent = {"action": "end_role", "_selected_action": [membership.pk]}
    answer = sysadmin.post("/admin/accounts/membership/", sent, follow=True)
    assert "先交接再结束任职" in answer.content.decode()
    membership.refresh_from_db()
    assert membership.ended_at is None
