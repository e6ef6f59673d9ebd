import re
from http import HTTPStatus

import pytest
from pytest_django.asserts import assertNumQueries

from accounts.models import Organisation
from tests.makers.programme import a_programme

HEADINGS = (
    "事项名称",
    "能贷多少，要花多少",
    "申请条件",
    "申报材料",
    "办理流程",
    "办理时限",
    "特殊环节，不算在时限里",
    "收费标准",
    "政策依据",
    "咨询和监督电话",
    "各镇妇联",
)


def guide(client):
    response = client.get("/guide")
    assert response.status_code == HTTPStatus.OK
    return response.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def test_the_guide_has_the_official_headings_in_their_order(client, offices):
    a_programme(offices)
    words = guide(client)
    places = [words.index(f">{heading}<") for heading in HEADINGS]
    assert places == sorted(places)


def test_each_paper_to_bring_stands_beside_a_drawing_of_it(client, offices):
    a_programme(offices)
    papers = guide(client).partition(">申报材料<")[2].partition("</section>")[0]
    rows = re.findall(r'<li class="doc">.*?</li>', papers, flags=re.DOTALL)
    assert len(rows) == 5
    for row in rows:
        assert "<svg" in row
        assert 'aria-hidden="true"' in row
        assert "<h3>" in row


def test_it_leads_to_the_check_and_can_be_printed(client, offices):
    a_programme(offices)
    words = guide(client)
    assert '<a class="btn" href="/check">开始自查</a>' in words
    assert "data-print" in words


def test_its_figures_are_those_of_the_policy_in_force(client, offices):
    a_programme(offices, changes={"promise_days": 9, "age_max": 55, "appeal_calendar_days": 15, "survey_days": 4})
    words = guide(client)
    for said in (
        "9 个工作日",
        "18 到 55 周岁",
        "15 天内可以申请复核",
        "镇妇联到家里看看 · 4 个工作日",
        "1 万元到 10 万元",
    ):
        assert said in words


def test_the_demo_says_that_its_figures_are_nobodys_policy(client, offices, settings):
    a_programme(offices)
    assert "示范参数，不是任何地方的现行政策" in guide(client)
    settings.DEMO = False
    assert "示范参数" not in guide(client)


def test_a_policy_without_a_guarantor_has_no_such_step(client, offices):
    a_programme(offices, changes={"has_guarantor_stage": False})
    assert "担保审批" not in guide(client)


def test_every_town_is_there_with_its_address_and_phone(client, offices):
    a_programme(offices)
    Organisation.objects.filter(pk=offices.town_federations[1].pk).update(
        address="樱桃镇东街 3 号", phone="0999-0123999"
    )
    words = guide(client)
    for federation in offices.town_federations:
        assert federation.name in words
    assert "樱桃镇东街 3 号" in words
    assert 'href="tel:09990123999"' in words


def test_a_closed_town_office_is_not_listed(client, offices):
    a_programme(offices)
    Organisation.objects.filter(pk=offices.town_federations[2].pk).update(is_active=False)
    assert "柿子镇妇女联合会" not in guide(client)


def test_it_costs_nothing_and_says_so(client, offices):
    a_programme(offices)
    assert "不收费。谁向您要手续费、好处费，打监督电话。" in guide(client)


def test_without_a_policy_the_guide_says_that_it_hasnt_begun(client, db):
    assert "现在还没开始受理" in guide(client)


def test_the_guide_is_drawn_with_four_queries(client, offices):
    a_programme(offices)
    with assertNumQueries(4):
        guide(client)


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_nothing_can_be_sent_to_it(client, offices, method):
    a_programme(offices)
    assert getattr(client, method)("/guide").status_code == HTTPStatus.METHOD_NOT_ALLOWED


def test_it_says_what_late_and_early_money_costs(client, offices):
    a_programme(offices, changes={"penalty_margin_ppm": 500_000, "held_before_due_days": 10})
    words = guide(client)
    assert "没按时还的本金，到期后每天按年利率 6.75% 算。" in words
    assert "到期前 10 天内还本金，要跟农信说是提前还。" in words
