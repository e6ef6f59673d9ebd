"""What a spouse, a partner or somebody who vouches reads before saying yes to being named in her application.

Separate consent of every person whose data is entered: Personal Information Protection Law, art. 13, 23 and 29.
"""

import hashlib
from dataclasses import dataclass
from typing import Final

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from applicants.models.party import PartyRole

TEXT_VERSION: Final = "2026-1"


@dataclass(frozen=True)
class PartyText:
    """`duty` is what they take on; the rest is what happens to what we know of them."""

    title: Promise | str
    duty: Promise | str
    purpose: Promise | str
    what: Promise | str
    who: Promise | str
    kept: Promise | str
    without: Promise | str

    @property
    def sha256(self) -> str:
        """Of the Chinese, which is what counts whatever language it was read in."""
        parts = (self.title, self.duty, self.purpose, self.what, self.who, self.kept, self.without)
        with translation.override("zh-hans"):
            whole = "\n".join(str(part) for part in parts)
        return hashlib.sha256(whole.encode()).hexdigest()


_KEPT = _("贷款还清后再留 10 年；没批的留 2 年。")

PARTY_TEXTS: Final[dict[PartyRole, PartyText]] = {
    PartyRole.SPOUSE: PartyText(
        title=_("写我是她的爱人"),
        duty=_("您不用替她还，也不算担保。夫妻的贷款合在一起看。"),
        purpose=_("看这笔贷款符不符合条件。"),
        what=_("您的姓名、身份证号，身份证和结婚证的照片。"),
        who=_("只给妇联看。农信要查您的征信，会另外请您签字。"),
        kept=_KEPT,
        without=_("不同意，这次申请交不上去，您的信息会删掉。"),
    ),
    PartyRole.PARTNER: PartyText(
        title=_("写我是她的合伙人"),
        duty=_("贷款由她出面借，您按约好的一起还。还不上，会找您。"),
        purpose=_("看你们的生意和条件，审批贷款。"),
        what=_("您的姓名、身份证号、手机号，占多少，怎么还。"),
        who=_("妇联、担保公司、农信。"),
        kept=_KEPT,
        without=_("不同意，您就不算合伙人，您的信息会删掉。"),
    ),
    PartyRole.GUARANTOR: PartyText(
        title=_("写我替她担保"),
        duty=_("她还不上，担保公司先垫，再找您要。还要当面签承诺书才算数。"),
        purpose=_("担保公司看您能不能担保。"),
        what=_("您的姓名、身份证号、手机号，和她是什么关系。"),
        who=_("妇联、担保公司。不给农信和财政局。"),
        kept=_KEPT,
        without=_("不同意，您就不用担保，您的信息会删掉。"),
    ),
}
