"""The list of pages misses none: whatever an address names, somebody has said what may stand there."""

from tests.project.pages import NO_PAGES, VALUES, all_addresses, named_parts
from tests.project.test_addresses import addresses

BY_INVITATION = {"user_code"}


def test_whatever_an_address_names_has_values_to_look_at():
    named = {name for address in all_addresses() for _kind, name in named_parts(address)}
    assert named - BY_INVITATION - set(VALUES) == set(), "add it to VALUES, or the address to NO_PAGES"


def test_what_is_said_to_be_no_page_is_still_an_address():
    assert set(NO_PAGES) - {address for address, _view in addresses()} == set()
