"""What the codes of the audit log say: actions, and how they ended."""

from collections.abc import Iterator, Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.web.parts import Tone
from records.refusals import Refusal
from records.web.sign_ins import DONE, LOCKED, SIGN_IN, SIGN_OUT, WRONG
from workflows.merit_targets import SET
from workflows.wording import MOVES

# Acts that are no move of a case.
ACTIONS: Final[Mapping[str, Promise | str]] = {
    SIGN_IN: gettext_lazy("登录"),
    SIGN_OUT: gettext_lazy("退出"),
    "send_code": gettext_lazy("发验证码"),
    "recognise": gettext_lazy("核对身份证后四位"),
    "start": gettext_lazy("开始填申请"),
    "fill": gettext_lazy("填申请"),
    "edit": gettext_lazy("改申请"),
    "help": gettext_lazy("代办"),
    "verify": gettext_lazy("核对委托"),
    "change_leave": gettext_lazy("换委托方式"),
    "ask_again": gettext_lazy("再请本人确认"),
    "take_back_consent": gettext_lazy("收回同意"),
    "add_document": gettext_lazy("交材料"),
    "assign": gettext_lazy("分派"),
    "pause": gettext_lazy("暂停"),
    "resume": gettext_lazy("接着算时"),
    "explain_delay": gettext_lazy("写超期原因"),
    "nudge": gettext_lazy("督办"),
    "contest_charge": gettext_lazy("提计时异议"),
    "decide_contest": gettext_lazy("定计时异议"),
    "propose_calendar": gettext_lazy("交放假安排"),
    "decide_calendar": gettext_lazy("复核放假安排"),
    "start_policy": gettext_lazy("起草政策"),
    "change_policy": gettext_lazy("改政策草稿"),
    "drop_policy": gettext_lazy("作废政策草稿"),
    "propose_policy": gettext_lazy("提交政策"),
    "publish_policy": gettext_lazy("复核政策"),
    "leave": gettext_lazy("结束任职并交接"),
    "export_audit": gettext_lazy("导出审计记录"),
    "settle_finding": gettext_lazy("定一条资格"),
    "early_opinion": gettext_lazy("提前登记意见"),
    "instruct_payout": gettext_lazy("下放款指令"),
    "release_payout": gettext_lazy("复核放款指令"),
    "read_paper": gettext_lazy("看文书"),
    "propose_fund_move": gettext_lazy("登记资金"),
    "decide_fund_move": gettext_lazy("复核资金"),
    "hand_in_recording": gettext_lazy("交录音"),
    "decide_recording": gettext_lazy("复核录音"),
    SET: gettext_lazy("定目标"),
    "keep_view": gettext_lazy("存视图"),
    "export_cases": gettext_lazy("导出待办"),
    "time_passes": gettext_lazy("到期自动办"),
}

OUTCOMES: Final[Mapping[str, tuple[Promise | str, Tone]]] = {
    DONE: (gettext_lazy("办成了"), "ok"),
    WRONG: (gettext_lazy("账号、密码或验证码不对"), "late"),
    LOCKED: (gettext_lazy("试的次数多了，锁住了"), "late"),
}


def action_words(action: str) -> str:
    """The code itself where nobody has named it."""
    return str(ACTIONS.get(action) or MOVES.get(action) or action)


def outcome_words(outcome: str) -> tuple[str, Tone]:
    """How it ended; of a refusal, what the person was told, without the figures."""
    if outcome in OUTCOMES:
        words, tone = OUTCOMES[outcome]
        return str(words), tone
    told = _told().get(outcome, "")
    return (_without_figures(told) or outcome), "soon"


def who_words(by: User | None) -> str:
    """A member of staff by name; of a woman only that it was one."""
    if by is None:
        return _("没登录的人")
    return _("申请人") if by.is_applicant else f"{by}（{by.username}）"


def _told() -> dict[str, str]:
    return {refusal.code: str(refusal.message) for refusal in _below(Refusal)}


def _below(refusal: type[Refusal]) -> Iterator[type[Refusal]]:
    for one in refusal.__subclasses__():
        yield one
        yield from _below(one)


def _without_figures(message: str) -> str:
    """The clauses before the first placeholder."""
    if "%(" not in message:
        return message
    whole_clauses, _comma, _rest = message.partition("%(")[0].rpartition("，")
    return whole_clauses
