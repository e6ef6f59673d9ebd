"""Where a case may wait, and what is true of each place."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    DRAFT = "DRAFT", _("草稿")
    AWAITING_CONSENT = "AWAITING_CONSENT", _("待本人确认")
    SUBMITTED = "SUBMITTED", _("已收件")
    WAITLISTED = "WAITLISTED", _("排队等额度")
    SURVEY = "SURVEY", _("走访调查")
    ELIGIBILITY = "ELIGIBILITY", _("资格审查")
    PUBLICITY = "PUBLICITY", _("公示")
    GUARANTEE = "GUARANTEE", _("担保审批")
    DISBURSEMENT = "DISBURSEMENT", _("银行审批")
    TERMS_OFFERED = "TERMS_OFFERED", _("待确认新条件")
    SIGNING = "SIGNING", _("待签约")
    PAYOUT = "PAYOUT", _("放款中")
    DISBURSED = "DISBURSED", _("已放款")
    DECLINED = "DECLINED", _("不予通过")
    WITHDRAWN = "WITHDRAWN", _("已撤回")
    EXPIRED = "EXPIRED", _("已过期")
    SUPPLEMENT = "SUPPLEMENT", _("待补材料")
    FROZEN = "FROZEN", _("已冻结")


FINAL = (State.DISBURSED, State.DECLINED, State.WITHDRAWN, State.EXPIRED)
# Before she has handed it in, the case is hers alone and binds nobody.
HERS_ALONE = (State.DRAFT, State.AWAITING_CONSENT)
OPEN = tuple(state for state in State if state not in FINAL)
# From submission to the end she has one live application in a programme.
BINDING = tuple(state for state in OPEN if state not in HERS_ALONE)
# A supplement is asked in these, and the case comes back to where it was asked.
SUPPLEMENTED = (State.SURVEY, State.ELIGIBILITY, State.GUARANTEE, State.DISBURSEMENT)
FREEZABLE = tuple(state for state in OPEN if state != State.FROZEN)
# The promise's clock stands still here: we wait for her, or for the days of a notice.
PAUSED = (State.SUPPLEMENT, State.PUBLICITY, State.TERMS_OFFERED, State.SIGNING, State.FROZEN)
EXPIRING = (State.DRAFT, State.AWAITING_CONSENT, State.WAITLISTED, State.SUPPLEMENT, State.SIGNING)
