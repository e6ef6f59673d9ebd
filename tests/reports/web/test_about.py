from http import HTTPStatus

import pytest
from pytest_django.asserts import assertNumQueries

from applicants.consents import CONSENT_TEXTS


def test_the_page_on_her_data_says_what_the_consents_say(client, db):
    words = client.get("/privacy").content.decode()
    for text in CONSENT_TEXTS.values():
        for said in (text.title, text.purpose, text.what, text.kept, text.without):
            assert str(said) in words


def test_it_tells_where_to_complain(client, db):
    assert 'href="tel:09990123457"' in client.get("/privacy").content.decode()


def test_the_page_on_access_tells_of_the_larger_letters_and_of_other_ways(client, db):
    words = client.get("/accessibility").content.decode()
    for said in ("长辈版", "WCAG 2.2", "找村妇联主席代办"):
        assert said in words


@pytest.mark.parametrize("address", ["/privacy", "/accessibility"])
def test_both_are_open_to_everybody_and_ask_no_database(client, db, address):
    with assertNumQueries(0):
        assert client.get(address).status_code == HTTPStatus.OK
