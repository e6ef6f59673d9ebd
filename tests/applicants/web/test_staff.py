"""The administrator writes down by which numbers the rules know a member of staff; the numbers aren't kept."""

import pytest
from django.test import Client

from accounts.models import User
from applicants.profiles import id_index
from applicants.sign_in import mobile_index
from tests.makers.people import Offices
from tests.makers.women import an_id_no

ID_NO, MOBILE = an_id_no(9), "13900000009"
NEWCOMER = {
    "username": "newcomer",
    "name": "沈知秋",
    "phone": "0999-0123456",
    "is_active": "on",
    "id_no": ID_NO,
    "mobile": MOBILE,
}


@pytest.fixture
def sysadmin(offices: Offices, client: Client) -> Client:
    client.force_login(offices.sysadmin, backend="accounts.backends.StaffBackend")
    return client


def add(sysadmin: Client, **changed: str):
    return sysadmin.post("/admin/accounts/user/add/", NEWCOMER | changed)


def test_a_newcomers_numbers_are_known_by_their_fingerprints_only(sysadmin: Client):
    assert add(sysadmin).status_code == 302
    user = User.objects.get(username="newcomer")
    assert (user.id_index, user.mobile_index) == (id_index(ID_NO), mobile_index(MOBILE))
    page = sysadmin.get(f"/admin/accounts/user/{user.pk}/change/").content.decode()
    assert ID_NO not in page
    assert MOBILE not in page


@pytest.mark.parametrize(("field", "words"), [("id_no", "身份证号"), ("mobile", "手机号")])
def test_nobody_comes_in_without_them(sysadmin: Client, field, words):
    response = add(sysadmin, **{field: ""})
    assert response.status_code == 200
    assert response.context["adminform"].form.errors.keys() == {field}
    assert not User.objects.filter(username="newcomer").exists()


def test_a_wrong_number_is_refused_in_the_same_words_as_a_womans(sysadmin: Client):
    assert "手机号要写 11 位数字" in add(sysadmin, mobile="139").content.decode()


def test_an_empty_line_leaves_what_is_known(sysadmin: Client):
    add(sysadmin)
    user = User.objects.get(username="newcomer")
    changed = NEWCOMER | {"name": "沈知夏", "id_no": "", "mobile": ""}
    assert sysadmin.post(f"/admin/accounts/user/{user.pk}/change/", changed).status_code == 302
    user.refresh_from_db()
    assert (user.name, user.mobile_index) == ("沈知夏", mobile_index(MOBILE))


def test_whose_numbers_nobody_told_is_asked_for_them_at_the_next_change(sysadmin: Client, offices: Offices):
    changed = {"username": "town", "name": "孟春草", "phone": "", "is_active": "on"}
    response = sysadmin.post(f"/admin/accounts/user/{offices.town_reviewer.pk}/change/", changed)
    assert response.context["adminform"].form.errors.keys() == {"id_no", "mobile"}


def test_the_list_shows_whose_numbers_are_missing(sysadmin: Client):
    add(sysadmin)
    page = sysadmin.get("/admin/accounts/user/").content.decode()
    assert (page.count('alt="True"') > 0, "本人号码登记了" in page) == (True, True)
