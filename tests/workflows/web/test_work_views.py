"""我的视图 on the desk: kept from the address, opened by a press, renamed and thrown away."""

from http import HTTPStatus

import pytest

from tests.makers.cases import MONDAY
from tests.workflows.web.offices_at_work import browser_of, page_of
from workflows import saved_views
from workflows.models import SavedView


@pytest.fixture
def hers(offices, programme):
    return saved_views.save(offices.city_reviewer, name="我的周报", conditions={"tab": "all", "due": "soon"}, at=MONDAY)


def test_a_list_is_kept_and_opened_again(offices, programme):
    browser = browser_of(offices.city_reviewer)
    asked = f"tab=all&stage=SURVEY&town={offices.towns[1].code}&find=甲&amount=over_50000"
    form = page_of(browser.get(f"/work/views?{asked}"))
    assert "全部 · 樱桃镇 · 走访调查 · 5 万元以上" in form
    saved = browser.post(f"/work/views?{asked}", {"name": "樱桃镇大额"})
    query = f"tab=all&town={offices.towns[1].code}&stage=SURVEY&amount=over_50000"
    assert saved["Location"] == f"/work?{query}"
    opened = page_of(browser.get(saved["Location"]))
    assert f'class="chip on" href="?{query.replace("&", "&amp;")}" aria-current="true">樱桃镇大额' in opened
    assert 'aria-current="true"' not in page_of(browser.get("/work?tab=all"))


def test_what_is_added_to_the_address_is_not_kept(offices, programme):
    browser = browser_of(offices.town_reviewer)
    browser.post(
        "/work/views?tab=nowhere&stage=EVIL&due=soon&x=%3Cscript%3E", {"name": "快到期", "query": "tab=all&x=1"}
    )
    assert SavedView.objects.get().query == "tab=mine&due=soon"


def test_it_is_renamed_and_thrown_away(hers, offices):
    browser = browser_of(offices.city_reviewer)
    assert 'value="我的周报"' in page_of(browser.get("/work/views"))
    assert "改好了：周五看" in page_of(browser.post(f"/work/views/{hers.pk}", {"name": "周五看"}, follow=True))
    page = page_of(browser.post(f"/work/views/{hers.pk}", {"delete": "yes"}, follow=True))
    assert "删掉了：周五看" in page
    assert "还没有存过" in page
    assert not SavedView.objects.exists()


@pytest.mark.parametrize("sent", [{"name": "我的"}, {"delete": "yes"}])
def test_somebody_elses_view_doesnt_exist(hers, offices, sent):
    other = browser_of(offices.leader)
    assert other.post(f"/work/views/{hers.pk}", sent).status_code == HTTPStatus.NOT_FOUND
    assert "我的周报" not in page_of(other.get("/work"))
    assert SavedView.objects.get() == hers


def test_a_wrong_name_is_said_at_its_field_and_keeps_what_was_typed(hers, offices):
    browser = browser_of(offices.city_reviewer)
    for path, words in ((f"/work/views/{hers.pk}", ""), ("/work/views?tab=all", ""), ("/work/views", "我的周报")):
        response = browser.post(path, {"name": words})
        assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        page = page_of(response)
        assert "<title>错误：" in page
        assert ("这个名字用过了，换一个" if words else "起个名字，最多 20 个字") in page
    assert SavedView.objects.get().name == "我的周报"


def test_a_kept_condition_that_nobody_offers_any_more_shows_the_list_without_it(hers, offices):
    SavedView.objects.update(query="tab=all&stage=GONE")
    assert browser_of(offices.city_reviewer).get("/work?tab=all&stage=GONE").status_code == HTTPStatus.OK


@pytest.mark.parametrize("name", ["finance_officer", "helper", "auditor"])
def test_whoever_has_no_list_keeps_none(offices, name):
    assert browser_of(getattr(offices, name)).post("/work/views", {"name": "x"}).status_code == HTTPStatus.NOT_FOUND


def test_a_partner_keeps_lists_of_its_own_desk(offices, programme):
    saved = browser_of(offices.bank_officer).post("/work/views?tab=to_sign", {"name": "等签约"})
    assert saved["Location"] == "/partner?tab=to_sign"
