"""A no in the browser: one to four reasons in her order, each of which she can use."""

import pytest
import time_machine

from loans.models import Programme
from tests.makers.cases import MONDAY, a_case_in
from tests.makers.people import Offices
from tests.makers.women import a_woman
from tests.workflows.web.offices_at_work import act, browser_of, fresh, page_of
from workflows.models import Application
from workflows.states import State

pytestmark = pytest.mark.django_db

WORDS = "您要开的棋牌室不在支持的项目里，这次贷不了。"
NO = {"reasons": "project", "words_project": WORDS, "advice_project": "换成农家乐，可以再来。"}


@pytest.fixture(autouse=True)
def at_work(programme: Programme):
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def eligible(offices: Offices) -> Application:
    return a_case_in(State.ELIGIBILITY, offices)


def test_a_no_needs_a_reason(eligible, offices: Offices):
    response = act(browser_of(offices.city_reviewer), eligible, "decline")
    assert response.status_code == 422
    assert page_of(response).count("选至少一条原因") == 2
    assert fresh(eligible).state == State.ELIGIBILITY


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"words_project": "综合评定不通过"}, "这句太笼统，写清是哪一条、差在哪里"),
        ({"words_project": "棋牌室不行"}, "写一句她能看懂的话，至少 10 个字，最多 200 个字"),
        ({"advice_project": ""}, "写一下她可以怎么做"),
    ],
)
def test_a_reason_that_tells_her_nothing_is_refused_at_its_field(eligible, offices: Offices, changed, words):
    response = act(browser_of(offices.city_reviewer), eligible, "decline", **(NO | changed))
    text = page_of(response)
    assert response.status_code == 422
    assert text.count(words) == 2
    name, value = next(iter(changed.items()))
    assert f'href="#id_{name}"' in text
    assert value in text


def test_a_fifth_reason_is_one_too_many(eligible, offices: Offices):
    codes = ["residence", "age", "other_loans", "untrue_papers", "project"]
    sent = {f"words_{code}": f"这是第 {n} 条不一样的原因说明文字" for n, code in enumerate(codes)}
    response = act(browser_of(offices.city_reviewer), eligible, "decline", reasons=codes, **sent)
    assert response.status_code == 422
    assert "选至少一条原因，最多四条" in page_of(response)


def test_she_reads_the_reasons_in_the_order_that_was_chosen(eligible, offices: Offices):
    browser = browser_of(offices.city_reviewer)
    sent = {
        "reasons": ["other_loans", "project"],
        "words_other_loans": "您爱人名下有一笔创业贷款 3 万元没还清。",
        "advice_other_loans": "还清后再来。",
        "words_project": WORDS,
        "advice_project": "换一个项目再来。",
        "rank_project": "1",
        "rank_other_loans": "2",
    }
    look = act(browser, eligible, "decline", preview="yes", **sent)
    text = page_of(look)
    assert look.status_code == 200
    assert "她会看到" in text
    assert "不服可以在 20 天内申请复核。" in text
    preview = text[text.index('id="preview-title"') :]
    assert preview.index(WORDS) < preview.index("没还清")
    assert fresh(eligible).state == State.ELIGIBILITY
    assert act(browser, eligible, "decline", **sent).status_code == 302
    assert [reason.code for reason in fresh(eligible).decline_reasons.all()] == ["project", "other_loans"]


def test_a_rule_that_is_not_met_suggests_its_reason_and_words(offices: Offices):
    woman = a_woman(offices)
    woman.other_loans = ["entrepreneurship"]
    woman.save()
    case = a_case_in(State.ELIGIBILITY, offices, applicant=woman)
    form = browser_of(offices.city_reviewer).get(f"/case/{case.number}/moves/decline").context["form"]
    row = next(row for row in form.rows() if row.is_ticked)
    assert (row.code, row.words.value()) == ("other_loans", "您和爱人有创业贷款，要先还清（第 6 条）。")


def test_a_look_says_at_once_what_is_still_wrong_with_the_words(eligible, offices: Offices):
    browser = browser_of(offices.city_reviewer)
    look = act(browser, eligible, "decline", preview="yes", **(NO | {"words_project": "综合评定不通过"}))
    text = page_of(look)
    assert look.status_code == 200
    assert "这样还交不了：" in text
    assert text.count("这句太笼统，写清是哪一条、差在哪里") == 1
    assert "这样还交不了：" not in page_of(act(browser, eligible, "decline", preview="yes", **NO))
    assert fresh(eligible).state == State.ELIGIBILITY


def test_with_script_the_look_follows_what_is_typed_and_without_it_there_is_a_button(eligible, offices: Offices):
    text = page_of(browser_of(offices.city_reviewer).get(f"/case/{eligible.number}/moves/decline"))
    assert f'hx-post="/case/{eligible.number}/moves/decline"' in text
    assert 'id="preview"' in text
    assert 'name="preview" value="yes"' in text
    nothing_yet = act(browser_of(offices.city_reviewer), eligible, "decline", preview="yes")
    assert nothing_yet.status_code == 422
    assert 'id="preview"' in page_of(nothing_yet)


@pytest.mark.parametrize(
    "words", ["综合评定不通过", "不符合条件", "经研究决定不予批准您的申请", "因为相关政策规定不能通过"]
)
def test_vague_words_are_refused_however_long_they_are(eligible, offices: Offices, words):
    response = act(browser_of(offices.city_reviewer), eligible, "decline", **(NO | {"words_project": words}))
    assert response.status_code == 422
    assert "这句太笼统" in page_of(response)
    assert fresh(eligible).state == State.ELIGIBILITY
