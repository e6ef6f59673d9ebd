import pytest
from django.test import RequestFactory

from accounts.web.network_address import network_address


def seen(*, forwarded: str | None = None, sender: str = "10.0.0.1") -> str | None:
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    return network_address(RequestFactory(REMOTE_ADDR=sender).get("/", headers=headers))


def test_without_a_proxy_of_ours_the_header_is_not_believed(settings):
    settings.TRUSTED_PROXIES = 0
    assert seen(forwarded="203.0.113.9") == "10.0.0.1"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (1, "203.0.113.9", "203.0.113.9"),
        # what she wrote in front of it by herself
        (1, "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.1, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        # fewer entries than proxies: nobody of ours wrote it
        (2, "203.0.113.9", None),
        (1, "", None),
        (1, "somebody", None),
    ],
)
def test_only_what_our_own_proxies_added_counts(settings, proxies, forwarded, address):
    settings.TRUSTED_PROXIES = proxies
    assert seen(forwarded=forwarded) == address


def test_a_house_is_one_address_however_many_it_can_take():
    assert seen(sender="2001:db8:1:2::1") == seen(sender="2001:db8:1:2:ffff::9") == "2001:db8:1:2::"
    assert seen(sender="::ffff:10.0.0.1") == "10.0.0.1"


def test_a_server_behind_a_socket_tells_no_address():
    assert seen(sender="") is None
