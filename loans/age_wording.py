"""The bands of ageing and the five classes of risk, as the offices call them."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from loans.ageing import AgeBand, RiskClass

AGES: Final[Mapping[str, Promise | str]] = {
    AgeBand.CURRENT: gettext_lazy("没有逾期"),
    AgeBand.TO_30: gettext_lazy("逾期 1–30 天"),
    AgeBand.TO_60: gettext_lazy("逾期 31–60 天"),
    AgeBand.TO_90: gettext_lazy("逾期 61–90 天"),
    AgeBand.OVER_90: gettext_lazy("逾期超过 90 天"),
}
CLASSES: Final[Mapping[str, Promise | str]] = {
    RiskClass.NORMAL: gettext_lazy("正常"),
    RiskClass.SPECIAL_MENTION: gettext_lazy("关注"),
    RiskClass.SUBSTANDARD: gettext_lazy("次级"),
    RiskClass.DOUBTFUL: gettext_lazy("可疑"),
    RiskClass.LOSS: gettext_lazy("损失"),
}
