"""The browser inside WeChat: a file that is downloaded there leads nowhere, and nothing can be printed."""

from typing import Final

from django.http import HttpRequest

WECHAT: Final = "MicroMessenger"


def is_in_wechat(request: HttpRequest) -> bool:
    return WECHAT in request.headers.get("User-Agent", "")
