"""What the process calls its moves, stages, sections and days."""

from datetime import date, datetime
from typing import Final

from django.utils import dateformat, timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from applicants.models.consent import Recipient
from applicants.models.document import DocumentKind
from loans.spoken_money import money as money
from workflows import deadlines, loan_request
from workflows.completeness import CONSENTS, DOCUMENTS
from workflows.models import Application

Words = dict[str, Promise | str]

# What a person of the office presses, and reads in the timeline.
MOVES: Final[Words] = {
    "submit": _("提交申请"),
    "request_consent": _("请本人确认"),
    "confirm": _("本人确认"),
    "send_back": _("退回补齐"),
    "waitlist": _("排队等额度"),
    "call_up": _("有额度了，接着办"),
    "accept": _("受理"),
    "record_survey": _("记走访"),
    "recommend": _("推荐"),
    "end_publicity": _("公示期满"),
    "decline": _("不予通过"),
    "overturn": _("复核后改判"),
    "guarantee": _("同意担保"),
    "refuse_guarantee": _("不同意担保"),
    "approve_loan": _("批准贷款"),
    "refuse_loan": _("不批贷款"),
    "accept_terms": _("同意新条件"),
    "decline_terms": _("不要新条件"),
    "sign": _("登记已签约"),
    "disburse": _("已放款"),
    "payout_failed": _("没打成款"),
    "request_supplement": _("请她补材料"),
    "supply": _("交上补的材料"),
    "return_for_rework": _("退回上一环节"),
    "withdraw": _("撤回申请"),
    "freeze": _("冻结"),
    "unfreeze": _("解除冻结"),
    "expire": _("到期作废"),
}

# The same moves as she reads them.
HER_TIMELINE: Final[Words] = {
    "submit": _("已交申请"),
    "request_consent": _("填好了，等您点头"),
    "confirm": _("由 %(helper)s 代填，本人确认"),
    "send_back": _("退回补一补"),
    "waitlist": _("排队等额度"),
    "call_up": _("有额度了，接着办"),
    "accept": _("材料齐了，已受理"),
    "record_survey": _("走访过了"),
    "recommend": _("妇联推荐了"),
    "end_publicity": _("公示完了"),
    "decline": _("这次没批"),
    "overturn": _("复核后接着办"),
    "guarantee": _("%(guarantor)s同意了"),
    "refuse_guarantee": _("%(guarantor)s没同意"),
    "approve_loan": _("%(bank)s批了"),
    "refuse_loan": _("%(bank)s没批"),
    "accept_terms": _("您同意了新条件"),
    "decline_terms": _("您没要新条件"),
    "sign": _("签好合同了"),
    "disburse": _("钱到账了"),
    "payout_failed": _("钱没打成"),
    "request_supplement": _("请您补材料，时间先停下来"),
    "supply": _("补的材料收到了"),
    "return_for_rework": _("退回上一环节再看看"),
    "withdraw": _("按您说的撤回了"),
    "freeze": _("先停下，等核实"),
    "unfreeze": _("核实过了，接着办"),
    "expire": _("等得太久，先停了"),
}

STAGES: Final[Words] = {
    deadlines.INTAKE: _("收件"),
    deadlines.SURVEY: _("走访调查"),
    deadlines.ELIGIBILITY: _("资格审查"),
    deadlines.GUARANTEE: _("担保审批"),
    deadlines.BANK: _("银行审批和放款"),
}

_MISSING: Final[Words] = {
    "person.full_name": _("写上姓名，和身份证上一样"),
    "person.id_no": _("写上身份证号，一共 18 位"),
    "person.mobile": _("写上手机号，一共 11 位"),
    "person.village": _("选一下您家在哪个村"),
    "situation.marital_status": _("选一下结婚没有"),
    "situation.spouse": _("写上爱人的姓名，和身份证上一样"),
    "business.project_type": _("选一样您要做的"),
    "business.site": _("写一下在哪里做，比如村名和地名"),
    "business.started": _("选一下做了多久"),
    "business.income_band": _("选一个大概的数"),
    "business.proof": _("选一样能证明项目的材料"),
    "business.jobs": _("写数字，没有就写 0"),
    "business.use_rows": _("写一下钱打算怎么用"),
    "amount.amount": _("写一下要贷多少"),
    "amount.term_months": _("选一下贷多长时间"),
    "amount.method": _("选一下怎么还"),
    "amount.term_not_offered": _("选一下贷多长时间"),
    "amount.method_not_offered": _("选一下怎么还"),
    "people.has_partners": _("选一下是自己干还是合伙干"),
    "people.partners": _("写上合伙人"),
    "people.too_many_partners": _("合伙人写多了，删掉几位"),
    "people.surety_way": _("选一下拿什么作反担保"),
    "people.sureties": _("写上替您担保的人"),
    "people.spouse_consent": _("等爱人自己点同意，或在纸上签"),
    "people.partner_consent": _("等合伙人自己点同意，或在纸上签"),
    "people.guarantor_consent": _("等担保人自己点同意，或在纸上签"),
}


def missing(application: Application, code: str) -> str:
    """What to do about a code of `completeness`."""
    section, _dot, item = code.partition(".")
    if section == DOCUMENTS:
        return gettext("拍一张%(document)s") % {"document": DocumentKind(item).label}
    if section == CONSENTS:
        return gettext("要勾选“%(recipient)s”，才能往下办") % {"recipient": Recipient(item).label}
    if code == "business.use_rows_differ_from_amount":
        return str(loan_request.uses_error(application).message)
    if code in ("amount.amount_out_of_range", "amount.amount_off_step"):
        assert application.amount_fen is not None
        return str(loan_request.amount_errors(application.policy, application.amount_fen)[0].message)
    return str(_MISSING[code])


def item_name(kind: str) -> str:
    """What an item of a supplement is called: the document, or 「其他材料」."""
    return str(DocumentKind(kind).label) if kind else gettext("其他材料")


def moment(at: datetime) -> str:
    """10 月 13 日（星期二）9:30, where the office is."""
    return dateformat.format(timezone.localtime(at), gettext("n 月 j 日（l）G:i"))


def day(on: date) -> str:
    """10 月 13 日."""
    return dateformat.format(on, gettext("n 月 j 日"))
