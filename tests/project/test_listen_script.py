"""「听一听」 in a real browser: the device's voice first, then the recording, else nothing to be seen."""

import pytest
from django.conf import settings
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

SCRIPT = (settings.BASE_DIR / "static" / "js" / "listen.js").read_text()
# A browser's speech that writes down what it was told to say.
SPEECH = """
window.said = [];
window.SpeechSynthesisUtterance = function (text) { this.text = text; };
Object.defineProperty(window, "speechSynthesis", { value: {
  getVoices: () => window.voices,
  speak: (utterance) => window.said.push(utterance),
  cancel: () => { window.cancelled = true; },
  addEventListener: (_name, act) => { window.voicesChanged = act; },
} });
HTMLMediaElement.prototype.play = function () { window.played = true; return Promise.resolve(); };
"""
AUDIO = '<audio controls preload="none" src="/listen/1"></audio>'


def show(page: Page, *, voices: str = "[]", audio: str = "", language: str = "zh-Hans") -> None:
    hidden = "" if audio else " hidden"
    words = '<span data-idle="听一听" data-busy="停下">听一听</span>'
    listen = f'<div data-listen{hidden}><button type="button" hidden>{words}</button>{audio}</div>'
    main = f'<main id="main"><h1>办事指南</h1><p>不收费。谁要钱，打电话。</p><p class="trust">骗子</p>{listen}</main>'
    speech = f"<script>window.voices = {voices};{SPEECH}</script>"
    markup = f'<!doctype html><html lang="{language}"><title>t</title>{speech}{main}<script>{SCRIPT}</script>'
    page.route("http://look.test/**", lambda route: route.fulfill(body=markup, content_type="text/html; charset=utf-8"))
    page.goto("http://look.test/")


CHINESE = '[{lang: "en-GB", localService: true}, {lang: "zh-CN", localService: true}]'


def test_the_devices_own_voice_reads_the_page_a_sentence_at_a_time(tab):
    show(tab, voices=CHINESE, audio=AUDIO)
    tab.get_by_role("button", name="听一听").click()
    assert tab.evaluate("said.map((one) => one.text)") == ["办事指南", "不收费", "谁要钱，打电话"]
    assert tab.evaluate("said.every((one) => one.lang === 'zh-CN')")
    assert not tab.evaluate("Boolean(window.played)")


def test_a_second_press_stops_it_and_the_end_gives_the_button_back(tab):
    show(tab, voices=CHINESE)
    tab.get_by_role("button", name="听一听").click()
    tab.get_by_role("button", name="停下").click()
    assert tab.evaluate("cancelled")
    tab.get_by_role("button", name="听一听").click()
    tab.evaluate("said[said.length - 1].onend()")
    assert tab.get_by_role("button", name="听一听").is_visible()


ENGLISH, ELSEWHERE = '[{lang: "en-GB", localService: true}]', '[{lang: "zh-CN", localService: false}]'


@pytest.mark.parametrize("voices", ["[]", ENGLISH, ELSEWHERE])
def test_without_a_chinese_voice_of_the_device_the_recording_is_played(tab, voices):
    show(tab, voices=voices, audio=AUDIO)
    tab.get_by_role("button", name="听一听").click()
    assert tab.evaluate("played")
    assert tab.evaluate("said.length") == 0


def test_without_voice_and_recording_nothing_is_seen(tab):
    show(tab)
    assert not tab.locator("[data-listen]").is_visible()


def test_a_voice_that_comes_later_is_offered_when_it_comes(tab):
    show(tab)
    tab.evaluate(f"window.voices = {CHINESE}; voicesChanged()")
    assert tab.get_by_role("button", name="听一听").is_visible()


def test_an_english_page_is_read_by_an_english_voice(tab):
    show(tab, voices=CHINESE, language="en")
    tab.get_by_role("button").click()
    assert tab.evaluate("said[0].lang") == "en-GB"
