from urllib.parse import parse_qsl

import pytest
from django.http import QueryDict

from accounts.models import Region
from accounts.models.user import User
from accounts.web.keyset import page_of


@pytest.fixture
def people(db):
    return [User.objects.create(username=f"p{number}", name=f"{'甲乙'[number % 2]}{number}") for number in range(7)]


def turned(rows, query="", **how):
    return page_of(rows, query=QueryDict(query), size=3, **how)


def followed(rows, url, **how):
    assert url.startswith("?")
    return turned(rows, url[1:], **how)


def names(page):
    return [one.username for one in page.rows]


def test_the_newest_stand_first_and_every_row_on_one_page(people):
    first = turned(User.objects.all())
    second = followed(User.objects.all(), first.next_url)
    last = followed(User.objects.all(), second.next_url)
    assert names(first) + names(second) + names(last) == ["p6", "p5", "p4", "p3", "p2", "p1", "p0"]
    assert first.previous_url == ""
    assert last.next_url == ""


def test_the_way_back_shows_the_same_pages(people):
    first = turned(User.objects.all())
    second = followed(User.objects.all(), first.next_url)
    back = followed(User.objects.all(), second.previous_url)
    assert names(back) == names(first)
    assert back.previous_url == ""
    assert names(followed(User.objects.all(), back.next_url)) == names(second)


def test_a_row_that_comes_in_meanwhile_moves_nothing(people):
    first = turned(User.objects.all())
    User.objects.create(username="late")
    assert names(followed(User.objects.all(), first.next_url)) == ["p3", "p2", "p1"]


def test_the_row_beside_may_have_left_the_list(people):
    first = turned(User.objects.all())
    rest = User.objects.exclude(pk=first.rows[-1].pk)
    assert names(followed(rest, first.next_url)) == ["p3", "p2", "p1"]


def test_several_columns_order_it_each_in_its_own_direction(people):
    for person in people[:4]:
        person.phone = "1"
        person.save()
    order = ("-phone", "pk")
    seen, page = [], turned(User.objects.all(), order=order)
    while True:
        seen += names(page)
        if not page.next_url:
            break
        page = followed(User.objects.all(), page.next_url, order=order)
    assert seen == ["p0", "p1", "p2", "p3", "p4", "p5", "p6"]
    assert names(followed(User.objects.all(), page.previous_url, order=order)) == ["p3", "p4", "p5"]


def test_other_conditions_stay_in_the_address(people):
    page = turned(User.objects.all(), "who=甲&after=")
    assert dict(parse_qsl(page.next_url[1:])) == {"who": "甲", "after": str(page.rows[-1].pk)}


@pytest.mark.parametrize("query", ["after=x", "before=-1", "after=999999", "before=", "after=1.5"])
def test_what_names_no_row_shows_the_first_page(people, query):
    page = turned(User.objects.all(), query)
    assert names(page) == ["p6", "p5", "p4"]
    assert page.previous_url == ""


def test_an_empty_list_has_no_pages_beside_it(db):
    page = turned(Region.objects.all(), order=("code",))
    assert (page.rows, page.previous_url, page.next_url) == ([], "", "")
