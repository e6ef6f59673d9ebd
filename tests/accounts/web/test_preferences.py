import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import translation

from accounts.web.preferences import ChosenLanguage, set_preference


def choose(**posted):
    return set_preference(RequestFactory().post("/preferences", posted))


@pytest.fixture(autouse=True)
def _language_as_before():
    with translation.override("zh-hans"):
        yield


def test_a_choice_is_kept_for_a_year_and_leads_back_to_where_she_was():
    answer = choose(size="elder", next="/my/W2026-0101")
    assert answer.url == "/my/W2026-0101"
    assert answer.cookies["size"].value == "elder"
    assert answer.cookies["size"]["max-age"] == 365 * 24 * 3600
    assert answer.cookies["size"]["samesite"] == "Lax"


@pytest.mark.parametrize(("name", "value"), [("size", "standard"), ("theme", "system"), ("theme", "<b>")])
def test_what_is_no_theme_or_size_forgets_the_choice(name, value):
    assert choose(**{name: value}).cookies[name]["max-age"] == 0


def test_one_choice_leaves_the_others_alone():
    assert set(choose(theme="dark").cookies) == {"theme"}


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", ""]
)
def test_she_is_never_led_to_another_site(elsewhere):
    assert choose(theme="dark", next=elsewhere).url == "/"


def test_a_language_in_the_address_does_not_overrule_the_one_just_chosen():
    answer = choose(language="zh-hans", next="/guide?lang=en&page=2")
    assert answer.url == "/guide?page=2"
    assert answer.cookies["django_language"].value == "zh-hans"


def test_a_choice_is_posted_never_fetched():
    assert set_preference(RequestFactory().get("/preferences")).status_code == 405


def language_of(path="/", *, cookie=None, wish=None):
    """The language that a page is drawn in, and the answer."""
    seen = []

    def page(request):
        seen.append((request.LANGUAGE_CODE, translation.get_language()))
        return HttpResponse()

    request = RequestFactory().get(path, headers={"accept-language": wish} if wish else None)
    if cookie:
        request.COOKIES["django_language"] = cookie
    answer = ChosenLanguage(page)(request)
    assert seen[0][0] == seen[0][1]
    return seen[0][0], answer


def test_pages_are_chinese_whatever_the_browser_was_sold_with():
    language, answer = language_of(wish="en-US,en;q=0.9")
    assert language == "zh-hans"
    assert answer.headers["Content-Language"] == "zh-hans"


def test_english_is_for_who_chose_it():
    assert language_of(cookie="en")[0] == "en"


def test_an_address_may_carry_the_language_and_it_is_kept():
    language, answer = language_of("/guide?lang=en", cookie="zh-hans")
    assert language == "en"
    assert answer.cookies["django_language"].value == "en"


def test_a_language_that_we_do_not_speak_changes_nothing():
    language, answer = language_of("/guide?lang=xx", cookie="yy")
    assert language == "zh-hans"
    assert not answer.cookies
