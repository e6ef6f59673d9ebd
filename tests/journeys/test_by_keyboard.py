"""One case worked through by keyboard alone: the strokes from the list to the decision are counted."""

import pytest

from tests.journeys.city import City
from tests.journeys.desk import Desk
from tests.makers.cases import MONDAY, a_case_in, a_submitted_case
from workflows import assigning
from workflows.models import Application
from workflows.states import State

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=False),
    pytest.mark.parametrize("city", [True], ids=["with script"], indirect=True),
]
MOST_STROKES = 8


class Keyboard:
    """Hands that never leave it; every key or combination pressed is one stroke."""

    def __init__(self, desk: Desk) -> None:
        self.page, self.strokes = desk.page, 0

    def press(self, keys: str, *, leads_on: bool = False) -> None:
        self.strokes += 1
        if leads_on:
            with self.page.expect_navigation():
                self.page.keyboard.press(keys)
        else:
            self.page.keyboard.press(keys)

    def type(self, text: str) -> None:
        self.strokes += len(text)
        self.page.keyboard.type(text)


def at_the_desk(city: City, login: str, case: Application) -> Keyboard:
    owner = {"town": city.offices.town_reviewer, "city": city.offices.city_reviewer}[login]
    assigning.assign(case, owner=owner, by=owner, at=MONDAY)
    desk = city.desk(login)
    desk.page.goto(f"{city.site}/work")
    return Keyboard(desk)


def state_of(case: Application) -> str:
    return str(Application.objects.get(pk=case.pk).state)


def test_a_clean_case_is_accepted_in_three_strokes(city: City):
    case = a_submitted_case(city.offices)
    hands = at_the_desk(city, "town", case)
    hands.press("Alt+ArrowDown", leads_on=True)
    assert f"/case/{case.number}" in hands.page.url
    hands.press("Alt+c", leads_on=True)
    hands.press("Control+Enter", leads_on=True)
    assert state_of(case) == State.SURVEY
    assert hands.strokes == 3
    assert hands.strokes <= MOST_STROKES


def test_a_clean_case_is_recommended_in_at_most_eight_strokes(city: City):
    case = a_case_in(State.ELIGIBILITY, city.offices)
    hands = at_the_desk(city, "city", case)
    hands.press("Alt+ArrowDown", leads_on=True)
    hands.press("Alt+c", leads_on=True)
    hands.press("Tab")
    assert hands.page.evaluate("document.activeElement.name") == "opinion"
    hands.type("同意")
    hands.press("Control+Enter", leads_on=True)
    assert state_of(case) == State.GUARANTEE
    assert hands.strokes <= MOST_STROKES


def test_the_list_is_gone_through_without_going_back_to_it(city: City):
    first, second = a_submitted_case(city.offices), a_submitted_case(city.offices)
    assigning.assign(second, owner=city.offices.town_reviewer, by=city.offices.town_reviewer, at=MONDAY)
    hands = at_the_desk(city, "town", first)
    seen = []
    for keys in ("Alt+ArrowDown", "Alt+ArrowDown", "Alt+ArrowUp"):
        hands.press(keys, leads_on=True)
        seen.append(hands.page.url.rsplit("/", 1)[-1])
    assert sorted(seen[:2]) == sorted([first.number, second.number])
    assert seen[2] == seen[0]
    hands.press("Alt+s", leads_on=True)
    assert hands.page.url.endswith("#id_find")
    hands.press("Alt+s")
    assert hands.page.evaluate("document.activeElement.id") == "id_find"


def test_keys_that_are_switched_off_do_nothing(city: City):
    case = a_submitted_case(city.offices)
    hands = at_the_desk(city, "town", case)
    hands.page.goto(f"{city.site}/keys")
    with hands.page.expect_navigation():
        hands.page.get_by_role("button", name="关掉快捷键").click()
    assert "现在关着" in hands.page.locator("main").inner_text()
    hands.page.goto(f"{city.site}/case/{case.number}")
    hands.press("Alt+c")
    hands.press("Control+Enter")
    hands.page.wait_for_timeout(300)
    assert hands.page.url.endswith(f"/case/{case.number}")
    assert state_of(case) == State.SUBMITTED
