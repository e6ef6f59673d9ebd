import pytest

from records.refusals import Invalid
from workflows import reasons
from workflows.reasons import Reason

GOOD = "开棋牌室不在支持的项目里，这次贷不了。"


@pytest.mark.parametrize(
    "words",
    [
        "综合评定不通过",
        "经综合评定，不符合条件",
        "不符合条件",
        "很遗憾，您的申请未能通过审核。",
        "经研究决定，不予批准您的贷款申请",
        "不符合本次贷款政策规定的相关条件和要求",
        "因为有关原因，目前不能受理您的申请",
    ],
)
def test_words_that_would_fit_any_refusal_are_too_general(words):
    assert reasons.is_too_general(words)
    with pytest.raises(Invalid) as refused:
        reasons.check([Reason("project", words, "换一个项目再来。")])
    assert [error.code for error in refused.value.errors] == ["too_general"]


@pytest.mark.parametrize(
    "words",
    [
        GOOD,
        "您今年 62 岁，超过了 60 岁的规定。",
        "您爱人还有一笔创业贷款没有还清，要先还清。",
        "走访时没有看到您说的养殖场，村里也不知道。",
        "户口和住处都不在本市，这项贷款只给本市姐妹。",
    ],
)
def test_words_about_her_case_are_good(words):
    reasons.check([Reason("other", words, "打电话问一问。")])


@pytest.mark.parametrize("count", [0, 5])
def test_there_are_one_to_four_reasons(count):
    codes = ("residence", "age", "other_loans", "project", "use_unclear")
    with pytest.raises(Invalid) as refused:
        reasons.check([Reason(code, GOOD, "再来。") for code in codes[:count]])
    assert [error.code for error in refused.value.errors] == ["one_to_four_reasons"]


@pytest.mark.parametrize(
    ("reason", "field", "code"),
    [
        (Reason("project", "棋牌室不行", "再来。"), "reasons.0.words", "words_length"),
        (Reason("project", "", "再来。"), "reasons.0.words", "words_length"),
        (Reason("project", "棋" * 201, "再来。"), "reasons.0.words", "words_length"),
        (Reason("project", GOOD, " "), "reasons.0.advice", "advice_missing"),
        (Reason("weather", GOOD, "再来。"), "reasons.0.code", "unknown_reason"),
    ],
)
def test_each_reason_has_a_kind_words_and_advice(reason, field, code):
    with pytest.raises(Invalid) as refused:
        reasons.check([reason])
    assert [(error.field, error.code) for error in refused.value.errors] == [(field, code)]


def test_everything_wrong_is_said_at_once():
    with pytest.raises(Invalid) as refused:
        reasons.check([Reason("project", "短", ""), Reason("project", GOOD, "")])
    fields = [error.field for error in refused.value.errors]
    assert fields == ["reasons.0.words", "reasons.0.advice", "reasons.1.advice", "reasons"]
