"""Lists kept under a name: hers alone, a dozen at most, and only conditions that a list has."""

import pytest
from django.db import IntegrityError, transaction

from records.refusals import Invalid
from tests.makers.cases import MONDAY
from workflows import saved_views
from workflows.models import SavedView
from workflows.models.saved_view import MOST


def keep(user, name="我的周报", **conditions):
    return saved_views.save(user, name=name, conditions=conditions or {"tab": "all"}, at=MONDAY)


def test_only_conditions_of_a_list_are_kept(offices):
    view = keep(offices.town_reviewer, tab="all", stage="SURVEY", find="申请人甲", evil="1", after="1.2", due="")
    assert view.query == "tab=all&stage=SURVEY"


@pytest.mark.parametrize("name", ["", "   ", "字" * 21])
def test_it_needs_a_name_of_a_few_characters(offices, name):
    with pytest.raises(Invalid) as refused:
        keep(offices.town_reviewer, name)
    assert str(refused.value) == "起个名字，最多 20 个字"


def test_a_name_is_used_once_by_each_and_freely_by_others(offices):
    keep(offices.town_reviewer)
    with pytest.raises(Invalid, match="这个名字用过了"):
        keep(offices.town_reviewer, " 我的周报 ")
    other = keep(offices.town_reviewer2)
    second = keep(offices.town_reviewer2, "超期的")
    with pytest.raises(Invalid, match="这个名字用过了"):
        saved_views.rename(second, name=other.name)
    assert saved_views.rename(other, name="我的周报").name == "我的周报"


def test_a_thirteenth_waits_until_one_is_thrown_away(offices):
    views = [keep(offices.town_reviewer, f"第 {n}") for n in range(MOST)]
    with pytest.raises(Invalid, match="最多存 12 个"):
        keep(offices.town_reviewer, "再一个")
    views[4].delete()
    assert keep(offices.town_reviewer, "再一个").place == 5


@pytest.mark.parametrize(
    "changed", [{"place": 13}, {"place": 0}, {"name": ""}, {"place": 1}, {"name": "我的周报"}], ids=str
)
def test_the_database_holds_the_rules_by_itself(offices, changed):
    keep(offices.town_reviewer)
    row = {"place": 2, "name": "另一个", "query": "tab=all", "saved_at": MONDAY} | changed
    with pytest.raises(IntegrityError), transaction.atomic():
        SavedView.objects.create(user=offices.town_reviewer, **row)
