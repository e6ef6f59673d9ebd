"""Every shared component, drawn with the parameters that its first line names."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.cookie import CookieStorage
from django.template import engines
from django.template.loader import get_template
from django.test import RequestFactory

from accounts.web import parts
from accounts.web.widgets import RadioCards, TickCards
from records.clock import Reading

TODAY = date(2026, 10, 10)
PROMISE = Reading(
    started_on=date(2026, 9, 28),
    due_on=date(2026, 10, 13),
    provisional=False,
    used=4,
    left=3,
    days=7,
    days_over=0,
    is_paused=False,
    pause_reason="",
    is_stopped=False,
    is_breached=False,
    counted=(),
)


class LoanForm(forms.Form):
    use_required_attribute = False
    amount = forms.CharField(
        label="您想贷多少钱？", help_text="1 万元到 10 万元", error_messages={"required": "写上要贷多少"}
    )
    term = forms.ChoiceField(
        label="贷多久？",
        choices=[("12", "1 年"), ("24", "2 年")],
        widget=RadioCards(notes={"24": "利息多一些"}, columns=2),
        error_messages={"required": "选一下贷多长时间"},
    )
    trades = forms.MultipleChoiceField(
        label="做什么",
        choices=[("inn", "农家乐")],
        widget=TickCards(icons={"inn": "bowl"}),
        error_messages={"required": "选一样您要做的"},
    )
    agreed = forms.BooleanField(label="同意", error_messages={"required": "要勾选，才能往下办"})
    photo = forms.FileField(label="身份证正面", required=False)
    opened_on = forms.DateField(label="哪天开张", widget=forms.SelectDateWidget, required=False)
    draft = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self):
        raise forms.ValidationError("用途加起来不对")


COMPONENTS: dict[str, tuple[dict[str, Any], str]] = {
    "back_link": ({"url": "/my", "label": "我的申请"}, 'href="/my"'),
    "bar": ({"text": "现在没有网。", "icon": "nonet", "tone": "cut"}, "bar cut"),
    "tag": ({"text": "还剩 3 天", "tone": "soon", "icon": "clock", "is_bold": True}, "tag soon b"),
    "notice": ({"text": "钱还没入账。", "tone": "soon"}, "icons.svg#info"),
    "empty_state": ({"text": "还没有照片。", "url": "/apply", "label": "拍照"}, 'href="/apply"'),
    "pagination": ({"previous_url": "?before=1", "next_url": "?after=9", "summary": "12 件"}, "?after=9"),
    "links": ({"links": [parts.Link("/papers", "我交的材料", "doc")]}, "icons.svg#doc"),
    "submit": ({"label": "保存并继续", "later_url": "/", "later_label": "以后再填"}, "以后再填"),
    "confirm": ({"title": "撤回？", "label": "撤回", "back_url": "/my", "version": 3, "danger": True}, 'value="3"'),
    "call": ({"role": "现在谁在办", "name": "农信 桑立夏", "phone": "0999-0123461"}, "tel:09990123461"),
    "progress": ({"steps": [parts.Step("签字", "now", "10 月 12 日前", "带身份证")]}, 'aria-current="step"'),
    "timeline": (
        {"entries": [parts.Entry(datetime(2026, 10, 9, 8, 5, tzinfo=UTC), "同意担保", "柏立冬")]},
        "10\N{NO-BREAK SPACE}月\N{NO-BREAK SPACE}9\N{NO-BREAK SPACE}日\N{NO-BREAK SPACE}16:05",
    ),
    "task_list": ({"tasks": [parts.TaskRow("关于您", "已完成", "/about", is_done=True)]}, "state done"),
    "summary_card": (
        {"title": "关于您", "rows": [parts.SummaryRow("手机号", "138••••0001", "/phone")]},
        '更改<span class="vh">“手机号”</span>',
    ),
    "facts": ({"facts": [parts.Fact("村镇", "樱桃镇")]}, "<dt>村镇</dt><dd>樱桃镇</dd>"),
    "identity_bar": (
        {
            "identity": parts.Identity("梅小雪", "W2026-0117", id_number="9900••0025", reveal_url="/reveal"),
            "promise": PROMISE,
            "stage": PROMISE,
            "today": TODAY,
        },
        "还剩 3 个工作日",
    ),
    "findings": (
        {"findings": [parts.FindingRow("年龄", "36 岁", "18–60 岁", "not_met", "第 2 条 2 项")], "caption": "资格"},
        'class="r-bad"',
    ),
    "outcome": ({"outcome": "ask"}, "要人看"),
    "cost_box": (
        {"costs": [parts.CostRow("政府退给您", "2,281.25 元", kind="refund")], "notes": ["先付后退"], "live": True},
        'aria-live="polite"',
    ),
    "stats": ({"stats": [parts.Stat("申报", "100", "人", url="/list")], "label": "主要数字"}, "看名单"),
    "stat_card": ({"stat": parts.Stat("逾期", "1", "户", tone="over")}, "stat over"),
    "print_header": ({"title": "回执", "number": "W2026-0101", "printed_at": datetime.now(UTC)}, "回执"),
    "print_button": ({}, "data-print"),
    "home_button": ({}, "回首页"),
    "htmx": ({}, "htmx"),
    "favicon": ({}, "data:image/svg+xml,"),
    "trust": ({}, "办理全程不收费。我们不会向您要验证码、密码和手续费。"),
    "help": ({}, "不会填？"),
    "listen": ({"url": "/listen/1"}, '<audio controls preload="none" src="/listen/1"'),
    "messages": ({}, "已保存"),
    "quick_switch": ({"look": {"size": "elder"}}, "标准版"),
    "colour_switch": ({"look": {"theme": "dark"}, "with_language": True}, "English"),
    "sign_out": ({"sign_out_class": "btn", "clearing": True}, "退出并清空"),
}
DRAWN_BY_TAGS = {"field", "field_words", "cards", "error_summary", "seeds", "meter"}


@pytest.fixture(autouse=True)
def _addresses(settings):
    settings.ROOT_URLCONF = "tests.project.look_urls"


@pytest.fixture
def request_of_her():
    request = RequestFactory().get("/my/W2026-0101?page=2")
    request.user = AnonymousUser()
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]
    messages.success(request, "已保存，接着填下一步。")
    return request


def draw(markup, request=None, **context):
    return engines["django"].from_string("{% load page %}" + markup).render(context, request)


def test_every_component_is_drawn_by_a_test_here():
    files = {path.stem for path in (settings.BASE_DIR / "templates" / "components").glob("*.html")}
    assert files == set(COMPONENTS) | DRAWN_BY_TAGS


@pytest.mark.parametrize("name", COMPONENTS)
def test_a_component_draws_what_it_is_given(name, request_of_her):
    context, expected = COMPONENTS[name]
    assert expected in get_template(f"components/{name}.html").render(context, request_of_her)


def test_a_field_ties_its_hint_and_its_error_to_its_control():
    drawn = draw('{% field form.amount unit="万元" width="s" %}', form=LoanForm({}))
    assert 'aria-describedby="id_amount_helptext id_amount_error"' in drawn
    assert 'aria-invalid="true"' in drawn
    assert 'id="id_amount_helptext"' in drawn
    assert 'id="id_amount_error"' in drawn
    assert 'class="in w-s"' in drawn
    assert "<span>万元</span>" in drawn


def test_a_question_that_fills_its_page_is_the_heading():
    assert '<h1><label for="id_amount">您想贷多少钱？</label></h1>' in draw(
        '{% field form.amount label_as="h1" %}', form=LoanForm()
    )
    assert "<h1>贷多久？</h1>" in draw('{% field form.term label_as="h1" %}', form=LoanForm())


def test_choices_stand_in_one_group_with_their_question():
    drawn = draw("{% field form.term %}", form=LoanForm({}))
    assert drawn.strip().startswith('<fieldset class="field bad" aria-describedby="id_term_error">')
    assert "<small>利息多一些</small>" in drawn
    assert "icons.svg#bowl" in draw("{% field form.trades %}", form=LoanForm())


def test_a_tick_a_file_a_date_and_a_hidden_field_are_drawn_as_what_they_are():
    form = LoanForm()
    assert 'class="tick"' in draw("{% field form.agreed %}", form=form)
    assert 'type="file"' in draw("{% field form.photo %}", form=form)
    assert draw("{% field form.opened_on %}", form=form).count("<select") == 3
    assert draw("{% field form.draft %}", form=form).strip().startswith('<input type="hidden"')


def test_the_summary_says_every_error_in_the_words_of_its_field_and_leads_there():
    form = LoanForm({})
    summary = draw("{% error_summary form %}", form=form)
    for anchor, words in [
        ("id_amount", "写上要贷多少"),
        ("id_term_0", "选一下贷多长时间"),
        ("id_trades_0", "选一样您要做的"),
        ("id_agreed", "要勾选，才能往下办"),
    ]:
        name = anchor.removeprefix("id_").removesuffix("_0")
        assert f'<a href="#{anchor}">{words}</a>' in summary
        drawn = draw(f"{{% field form.{name} %}}", form=form)
        assert f"错误：{words}" in drawn
        assert f'id="{anchor}"' in drawn
    assert "<strong>用途加起来不对</strong>" in summary
    assert 'role="alert"' in summary


def test_the_summary_takes_the_rows_of_a_formset():
    row_set = forms.formset_factory(LoanForm, min_num=2, validate_min=True)
    posted = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-amount": "", "form-0-term": "12"}
    summary = draw("{% error_summary rows %}", rows=row_set(posted))
    assert '<a href="#id_form-0-amount">写上要贷多少</a>' in summary
    assert "<strong>" in summary


def test_there_is_no_summary_without_errors():
    assert draw("{% error_summary form %}", form=forms.Form({})).strip() == ""


def test_seven_seeds_are_drawn_from_a_reading_of_the_real_clock():
    drawn = draw("{% seeds promise %}", promise=PROMISE)
    assert drawn.count('class="seed used"') == 4
    assert drawn.count('class="seed today"') == 1
    assert drawn.count('class="seed open"') == 2
    assert 'aria-hidden="true"' in drawn


def test_the_clock_says_three_days_in_a_list_and_three_working_days_at_the_head_of_a_case():
    assert "还剩 3 天" in draw("{% clock_tag promise today %}", promise=PROMISE, today=TODAY)
    assert "还剩 3 个工作日" in draw("{% full_clock_tag promise today %}", promise=PROMISE, today=TODAY)
    assert "未起算" in draw("{% clock_tag None today %}", today=TODAY)
    assert "环节还剩 3 天" in draw("{% stage_tag promise today %}", promise=PROMISE, today=TODAY)


def test_the_parts_of_a_meter_stand_side_by_side():
    segments = [
        parts.Segment("在保", "250 万元", 500_000, "paid"),
        parts.Segment("预留", "30 万元", 60_000, "promised"),
        parts.Segment("还能用", "220 万元", 440_000, "free"),
    ]
    drawn = draw("{% meter segments scale %}", segments=segments, scale=["0", "500 万元"])
    assert '<rect class="paid" x="0" width="500000"' in drawn
    assert '<rect class="promised" x="500000" width="60000"' in drawn
    assert "250 万元" in drawn
