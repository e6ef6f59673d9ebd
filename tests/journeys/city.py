"""Everybody who takes part in a journey, each with a browser of her own."""

from dataclasses import dataclass

from playwright.sync_api import Browser, BrowserContext

from tests.journeys.desk import DESK, Desk
from tests.journeys.her_phone import PHONE, HerPhone
from tests.makers.people import Offices


@dataclass
class City:
    """Everybody who takes part, each with a browser of her own."""

    site: str
    browser: Browser
    offices: Offices
    contexts: list[BrowserContext]
    has_script: bool

    def phone(self, mobile: str = "13800000001", *, kind: type[HerPhone] = HerPhone) -> HerPhone:
        context = self.browser.new_context(viewport=PHONE, java_script_enabled=self.has_script, locale="zh-CN")
        self.contexts.append(context)
        return kind(context.new_page(), site=self.site, mobile=mobile)

    def desk(self, login: str) -> Desk:
        context = self.browser.new_context(viewport=DESK, java_script_enabled=self.has_script, locale="zh-CN")
        self.contexts.append(context)
        return Desk(context.new_page(), site=self.site, login=login)
