"""The people whom her application names, and their own yes: asked by link or on paper, answered once."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.models.user import UserKind
from applicants import party_consents
from applicants.documents import add_document
from applicants.models import Applicant, Party, PartyLink
from applicants.models.document import DocumentKind
from applicants.models.party import PartyRole
from applicants.parties import (
    Named,
    Partner,
    Surety,
    named_in,
    remove,
    save_mobile,
    save_partner,
    save_surety,
)
from applicants.party_consents import PartyLinkIsDead
from applicants.profiles import id_index
from records import engine, outbox
from records.models import AuditEntry
from records.refusals import NotPermitted, Refusal
from workflows import separation
from workflows.completeness import needs_surety
from workflows.models import Application
from workflows.states import State

LINK: Final = "party_link"
ANSWERED: Final = "party_answered"
WITHDRAWS: Final = "party_withdraws"
ROLES_THAT_ANSWER_FOR_IT: Final = (PartyRole.PARTNER, PartyRole.GUARANTOR)

# The address of somebody's own page, for a token.
LinkOf = Callable[[str], str]


class AmountComesFirst(Refusal):
    """Nobody agrees to answer for a sum that isn't written down yet."""

    code = "amount_comes_first"
    status = 422
    message = gettext_lazy("先填好要贷多少，再请他同意。")


def shows_sureties(case: Application) -> bool:
    """Where the policy wants a counter-guarantee, or somebody is still named who once was needed."""
    return needs_surety(case) or case.applicant.parties.filter(role=PartyRole.GUARANTOR).exists()


def find_named(applicant: Applicant, key: str) -> Named | None:
    """Who is meant by an address of the form."""
    return next((one for one in named_in(applicant) if one.key == key), None)


def keep_partner(draft: Application, partner: Partner, *, at: datetime, pk: int | None = None) -> Party:
    """A new partner, or other terms for one, who then has to agree anew. Raises as `save_partner`."""
    most = draft.policy.partners_max
    return _asked_anew(draft, save_partner(draft.applicant, partner, most=most, at=at, pk=pk), at=at)


def keep_surety(draft: Application, surety: Surety, *, at: datetime, pk: int | None = None) -> Party:
    """Somebody new who vouches, or changed, who then has to agree anew. Raises as `save_surety`."""
    return _asked_anew(draft, save_surety(draft.applicant, surety, at=at, pk=pk), at=at)


@transaction.atomic
def keep_partners(draft: Application, partners: Sequence[Partner], *, at: datetime) -> None:
    """Exactly these; whom nothing has changed about doesn't have to agree again."""
    kept = _only(draft, PartyRole.PARTNER, [one.id_no.text for one in partners])
    for partner in partners:
        row = kept.get(id_index(partner.id_no.text))
        if row is None or _partner_of(row) != _terms_of(partner):
            keep_partner(draft, partner, at=at, pk=row.pk if row else None)


@transaction.atomic
def keep_sureties(draft: Application, sureties: Sequence[Surety], *, at: datetime) -> None:
    """Exactly these; whom nothing has changed about doesn't have to agree again."""
    kept = _only(draft, PartyRole.GUARANTOR, [one.id_no.text for one in sureties])
    for surety in sureties:
        row = kept.get(id_index(surety.id_no.text))
        if row is None or (row.full_name, row.mobile, row.kind, row.tie) != (
            surety.full_name,
            surety.mobile,
            surety.kind,
            surety.tie,
        ):
            keep_surety(draft, surety, at=at, pk=row.pk if row else None)


def forget(draft: Application, whom: Named, *, at: datetime) -> None:
    """She doesn't name them any more; their yes ends with it."""
    party_consents.take_back(draft.applicant, whom, at=at)
    remove(draft.applicant, whom)


@transaction.atomic
def ask(draft: Application, whom: Named, *, mobile: str, link_of: LinkOf, at: datetime) -> str:
    """Send them a link to their own phone; returns the notice's `once`, for sending right after the commit.

    Raises AmountComesFirst, NotTheirNumber, PartyLinkJustSent.
    """
    _check_amount(draft, whom)
    her, lifetime = draft.applicant, timedelta(hours=draft.policy.consent_hours)
    token = party_consents.issue_link(her, whom, mobile=mobile, lifetime=lifetime, at=at)
    save_mobile(her, whom, mobile=mobile)
    once = f"{LINK}:{PartyLink.objects.filter(applicant=her).latest('pk').pk}"
    words = _("%(her)s申请创业贷款，写了您是%(role)s。打开看一看，是真的再点同意：%(link)s 不收费，别把链接转给别人。")
    names = {"her": her.full_name, "role": whom.role.label, "link": link_of(token)}
    outbox.text_message(mobile=mobile, kind=LINK, text=words % names, about=draft.number, once=once, at=at)
    return once


@transaction.atomic
def agree_on_paper(draft: Application, whom: Named, *, content: bytes, by: User, at: datetime) -> None:
    """What they signed, photographed: for whoever has no phone. The town sees the paper.

    Raises AmountComesFirst, or what `add_document` raises.
    """
    _check_amount(draft, whom)
    paper = add_document(draft.applicant, kind=DocumentKind.PARTY_CONSENT, content=content, by=by, at=at)
    party_consents.give(draft.applicant, whom, amount_fen=draft.amount_fen, paper=paper, recorded_by=by, at=at)


@transaction.atomic
def record_withdrawal(application: Application, whom: Named, *, by: User, at: datetime) -> None:
    """They told an officer that they no longer agree. For the town or the city. Raises NotPermitted, Kinship."""
    case = engine.lock(application)
    if case.authority_of(by, "accept") is None:
        raise NotPermitted
    separation.check(case, WITHDRAWS, by=by)
    party_consents.take_back(case.applicant, whom, at=at)
    AuditEntry.objects.create(at=at, by=by, action=WITHDRAWS, about=case.number, outcome=whom.role)
    words = _("%(name)s不同意了，%(number)s上不再算他。") % {"name": whom.full_name, "number": case.number}
    if case.applicant.mobile:
        once = f"{WITHDRAWS}:{case.number}:{whom.role}:{whom.key}:{at:%Y%m%d%H%M%S}"
        outbox.text_message(
            mobile=case.applicant.mobile, kind=WITHDRAWS, text=words, about=case.number, once=once, at=at
        )


def case_of(link: PartyLink) -> Application:
    """The draft that waits for their answer. Raises PartyLinkIsDead where it was handed in or given up."""
    drafts = Application.objects.filter(applicant=link.applicant_id, state=State.DRAFT)
    case = drafts.with_places().select_related("applicant__business", "applicant__user", "filled_by").last()
    if case is None:
        raise PartyLinkIsDead
    return case


@transaction.atomic
def say_yes(link: PartyLink, whom: Named, *, at: datetime) -> None:
    """It is they, and they agree: to the sum of today. Raises PartyLinkIsDead, AmountComesFirst."""
    case = case_of(link)
    _check_amount(case, whom)
    party_consents.answer(link, answer=party_consents.YES, at=at)
    party_consents.give(case.applicant, whom, amount_fen=case.amount_fen, at=at)
    _tell(case, link, _("%(name)s同意了。"), whom, at=at)


@transaction.atomic
def say_change(link: PartyLink, whom: Named, *, at: datetime) -> None:
    """Something about it is wrong: she is told to ask. Raises PartyLinkIsDead."""
    case = case_of(link)
    party_consents.answer(link, answer=party_consents.CHANGE, at=at)
    _tell(case, link, _("%(name)s说有地方不对。问问改哪里，改好再发一次链接。"), whom, at=at)


@transaction.atomic
def say_not_me(link: PartyLink, whom: Named, *, at: datetime) -> None:
    """They never said so, and nothing of them is kept in the application. Raises PartyLinkIsDead."""
    case = case_of(link)
    party_consents.answer(link, answer=party_consents.NOT_ME, at=at)
    forget(case, whom, at=at)
    _tell(case, link, _("%(name)s说没答应过，已经从申请里删掉了。"), whom, at=at)


def _check_amount(draft: Application, whom: Named) -> None:
    if whom.role in ROLES_THAT_ANSWER_FOR_IT and not draft.amount_fen:
        raise AmountComesFirst


def _asked_anew(draft: Application, row: Party, *, at: datetime) -> Party:
    whom = find_named(Applicant.objects.get(pk=draft.applicant_id), str(row.pk))
    assert whom is not None, "it was just saved"
    party_consents.take_back(draft.applicant, whom, at=at)
    return row


def _only(draft: Application, role: PartyRole, id_nos: Sequence[str]) -> dict[str, Party]:
    """The rows of a role that stay, by blind index; the others go."""
    indexes = [id_index(one) for one in id_nos]
    rows = draft.applicant.parties.filter(role=role)
    rows.exclude(id_index__in=indexes).delete()
    return {row.id_index: row for row in rows.filter(id_index__in=indexes)}


def _partner_of(row: Party) -> tuple[object, ...]:
    return row.full_name, row.mobile, row.share_percent, row.liability, row.on_public_payroll


def _terms_of(partner: Partner) -> tuple[object, ...]:
    return partner.full_name, partner.mobile, partner.share_percent, partner.liability, partner.on_public_payroll


def _tell(case: Application, link: PartyLink, words: str, whom: Named, *, at: datetime) -> None:
    """Her, on her phone; and whoever fills in for her, in the inbox."""
    text, once = f"{case.number}：{words % {'name': whom.full_name}}", f"{ANSWERED}:{link.pk}"
    if case.applicant.mobile:
        outbox.text_message(
            mobile=case.applicant.mobile, kind=ANSWERED, text=text, about=case.number, once=f"{once}:sms", at=at
        )
    if case.filled_by.kind == UserKind.STAFF:
        outbox.inbox_message(case.filled_by, kind=ANSWERED, text=text, about=case.number, once=once, at=at)
