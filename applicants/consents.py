"""Her consents, one for each recipient and purpose, and what is handed over under them.

Separate consent for each handler that receives her data: Personal Information Protection Law, art. 23 and 29.
"""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import IntegrityError, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from applicants.models import Applicant, Consent, Disclosure
from applicants.models.consent import Recipient
from records.refusals import Refusal

TEXT_VERSION: Final = "2026-1"


@dataclass(frozen=True)
class ConsentText:
    """What she reads before she says yes to one recipient."""

    title: Promise | str
    purpose: Promise | str
    what: Promise | str
    kept: Promise | str
    without: Promise | str

    @property
    def sha256(self) -> str:
        whole = "\n".join(str(part) for part in (self.title, self.purpose, self.what, self.kept, self.without))
        return hashlib.sha256(whole.encode()).hexdigest()


_KEPT = _("贷款还清后再留 10 年；没批的留 2 年。")

CONSENT_TEXTS: Final[dict[Recipient, ConsentText]] = {
    Recipient.FEDERATION: ConsentText(
        title=_("给妇联，审查资格"),
        purpose=_("看您符不符合条件，到家走访，帮您把申请往下办。"),
        what=_("您填的内容、照片，和爱人的姓名、身份证号。"),
        kept=_KEPT,
        without=_("不同意，妇联就看不了材料，这次申请办不了。"),
    ),
    Recipient.GUARANTOR: ConsentText(
        title=_("给担保公司"),
        purpose=_("替您向银行作担保。"),
        what=_("姓名、身份证号、项目、金额、走访记录、材料照片。不给银行卡号。"),
        kept=_KEPT,
        without=_("不同意，没有人担保，农信放不了款。"),
    ),
    Recipient.BANK: ConsentText(
        title=_("给农信"),
        purpose=_("审批贷款，签合同，把钱打到您的卡上。"),
        what=_("姓名、身份证号、手机号、项目、金额、收款账户、材料照片。"),
        kept=_KEPT,
        without=_("不同意，农信审批不了，钱放不下来。"),
    ),
    Recipient.FINANCE: ConsentText(
        title=_("给财政局"),
        purpose=_("按季审核，把利息补贴给您。"),
        what=_("姓名、身份证号后四位、贷款金额、利息明细。"),
        kept=_("贴息凭证按会计档案留 30 年。"),
        without=_("不同意，财政补不了您的利息。"),
    ),
}


class NoLiveConsent(Refusal):
    """Something was to be handed to an office that she has not agreed to, or no longer agrees to."""

    code = "no_live_consent"
    message = _("她还没有同意把材料给这个单位，先请她本人同意。")


def give(applicant: Applicant, *, recipients: Collection[Recipient], channel: str, by: User, at: datetime) -> None:
    """Record her yes to these recipients; what she agreed to before stays as it was."""
    already = set(applicant.consents.live().values_list("recipient", flat=True))
    Consent.objects.bulk_create(
        Consent(
            applicant=applicant,
            recipient=recipient,
            text_version=TEXT_VERSION,
            text_sha256=CONSENT_TEXTS[recipient].sha256,
            channel=channel,
            given_at=at,
            given_by=by,
        )
        for recipient in recipients
        if recipient not in already
    )


def take_back(applicant: Applicant, *, recipient: Recipient, at: datetime) -> None:
    """Record that she no longer agrees. What was disclosed before stays disclosed; nothing new is."""
    applicant.consents.live().filter(recipient=recipient).update(withdrawn_at=at)


def missing(applicant: Applicant) -> list[Recipient]:
    """The recipients that she has not agreed to."""
    given = set(applicant.consents.live().values_list("recipient", flat=True))
    return [recipient for recipient in Recipient if recipient not in given]


def disclose(
    applicant: Applicant, *, case_number: str, organisation: Organisation, by: User, at: datetime
) -> Disclosure:
    """Hand a case over to an office, once; raises NoLiveConsent. The trigger on disclosures holds the same."""
    existing = Disclosure.objects.filter(case_number=case_number, organisation=organisation).first()
    if existing is not None:
        return existing
    consent = applicant.consents.live().filter(recipient=organisation.kind).first()
    if consent is None:
        raise NoLiveConsent
    try:
        with transaction.atomic():
            return Disclosure.objects.create(
                applicant=applicant,
                case_number=case_number,
                organisation=organisation,
                consent=consent,
                disclosed_at=at,
                disclosed_by=by,
            )
    except IntegrityError as error:
        if "no_live_consent" in str(error):
            raise NoLiveConsent from error
        raise
