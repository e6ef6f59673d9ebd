"""The frames that every page stands in, and the pages that say what went wrong."""

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.template import engines
from django.template.loader import get_template
from django.test import RequestFactory

from accounts.models import User
from accounts.web.parts import NavItem

ERROR_PAGES = ["400", "403", "403_csrf", "404", "409", "500", "503"]
COLD_WORDS = ["请", "非法", "无效", "对不起", "系统异常"]


@pytest.fixture(autouse=True)
def _addresses(settings):
    settings.ROOT_URLCONF = "tests.project.look_urls"


def draw(markup, *, cookies=None, user=None, **context):
    request = RequestFactory().get("/guide")
    request.COOKIES.update(cookies or {})
    request.user = user or AnonymousUser()
    return engines["django"].from_string(markup).render(context, request)


def test_every_public_page_says_who_runs_it_that_it_is_free_and_whom_to_call():
    page = draw('{% extends "public.html" %}')
    assert "主办：石榴市妇女联合会" in page
    assert "办理全程不收费。我们不会向您要验证码、密码和手续费。" in page
    assert 'href="tel:09990123456"' in page
    assert 'href="tel:09990123457"' in page


def test_what_she_chose_is_on_the_page_before_any_style_is_read():
    page = draw('{% extends "public.html" %}', cookies={"theme": "dark", "size": "elder"})
    assert '<html lang="zh-Hans" data-theme="dark" data-size="elder">' in page


def test_a_cookie_that_says_something_else_is_no_choice():
    page = draw('{% extends "public.html" %}', cookies={"theme": '"><script>', "size": "huge"})
    assert '<html lang="zh-Hans">' in page


def test_the_title_of_a_form_with_errors_begins_with_the_word():
    class Question(forms.Form):
        answer = forms.CharField()

    markup = '{% extends "public.html" %}{% block title %}您的姓名{% endblock %}'
    assert "<title>错误：您的姓名 · 巾帼创业贷</title>" in draw(markup, form=Question({}))
    assert "<title>您的姓名 · 巾帼创业贷</title>" in draw(markup, form=Question())


def test_the_staff_frame_marks_where_one_is_and_signs_out_by_a_form():
    page = draw(
        '{% extends "staff.html" %}',
        user=User(username="city", name="麦白露"),
        place="市妇联",
        nav_items=[NavItem("/work", "待办", is_current=True), NavItem("/reports", "报表")],
    )
    assert '<a href="/work" aria-current="page">待办</a>' in page
    assert '<form method="post" action="/logout" data-clear>' in page
    assert "市妇联" in page
    assert "麦白露" in page


def test_htmx_is_loaded_only_where_a_page_asks_for_it():
    assert "htmx" not in draw('{% extends "public.html" %}')
    asked = draw('{% extends "public.html" %}{% block htmx %}{% include "components/htmx.html" %}{% endblock %}')
    assert '"historyCacheSize": 0' in asked
    assert '"includeIndicatorStyles": false' in asked
    assert "django_htmx/htmx-2.min.js" in asked


@pytest.mark.parametrize("name", ERROR_PAGES)
def test_an_error_page_is_drawn_without_a_request_and_gives_a_phone_number(name):
    page = get_template(f"{name}.html").render()
    heading = page.split("<h1>")[1].split("</h1>")[0]
    words = page.split("</h1>")[1].split("</p>")[0]
    assert 'href="tel:09990123456"' in page
    assert not [word for word in COLD_WORDS if word in heading + words]
    assert "回首页" in page


def test_a_conflict_says_its_own_reason_and_where_to_go_on():
    page = draw('{% extends "409.html" %}', reason="这件是您代办的，要由别人审核", url="/work", label="回待办")
    assert "这件是您代办的，要由别人审核" in page
    assert '<a class="btn" href="/work">回待办</a>' in page


def test_a_paper_has_its_own_sheet_and_in_a_pdf_nothing_else():
    markup = '{% extends "paper.html" %}{% block title %}受理通知书{% endblock %}{% block sheet %}正文{% endblock %}'
    on_screen, in_pdf = draw(markup), draw(markup, is_pdf=True)
    assert "css/papers.css" in on_screen
    assert "data-print" in on_screen
    assert "<link" not in in_pdf
    assert "<script" not in in_pdf
    assert '<section class="sheet-p">正文</section>' in in_pdf
