"""What may happen beside the straight way: something is missing, terms change, work comes back; and how cases end."""

from collections.abc import Generator
from datetime import datetime

from applicants import documents
from applicants.models.document import DocumentKind
from workflows.demo import acts
from workflows.demo.office import Office
from workflows.demo.pictures import picture_of
from workflows.demo.stories import Journey, again
from workflows.models import Application
from workflows.stages import disbursement, eligibility, guarantee, interruptions
from workflows.stages.eligibility import Reason
from workflows.stages.intake import MissingItem

LESS_FEN = 1_000_000
MISSING = (
    MissingItem(DocumentKind.HOUSEHOLD_SELF, "上次拍的看不清出生日期，重拍一张。"),
    MissingItem(DocumentKind.SITE, "要有院子大门和里面两处。"),
)


def papers_missing(journey: Journey, case: Application) -> Generator[datetime, None, Application]:
    """The city asks for two papers at once; she photographs them the evening after."""
    at = journey.after(1, 10, 15)
    yield at
    asked = ask_for_papers(again(case), journey.office, at)
    at = journey.after(2, 18, 40)
    yield at
    her = again(asked).applicant
    for number, item in enumerate(MISSING):
        content = picture_of(DocumentKind.MANDATE if number else DocumentKind.OTHER)
        documents.add_document(her, kind=DocumentKind(item.kind), content=content, by=her.user, at=at)
    return interruptions.supply(again(asked), by=her.user, at=at, version=asked.version)


def less_money(journey: Journey, case: Application) -> Generator[datetime, None, Application]:
    """The bank can lend ten thousand less; she says yes in the evening."""
    at = journey.after(1, 11, 0)
    yield at
    offered = offer_less(again(case), journey.office, at)
    at = journey.after(1, 20, 10)
    yield at
    return disbursement.accept_terms(again(offered), by=offered.applicant.user, at=at, version=offered.version)


def sent_back_once(journey: Journey, case: Application) -> Generator[datetime, None, Application]:
    """The guarantor returns the case; the city asks the town's question again and recommends anew."""
    at = journey.after(0, 17, 0)
    yield at
    returned = return_it(again(case), journey.office, at)
    at = journey.after(1, 10, 30)
    yield at
    return acts.recommend(again(returned), journey.office, at=at)


def offer_less(case: Application, office: Office, at: datetime) -> Application:
    assert case.amount_fen is not None
    less_fen = case.amount_fen - LESS_FEN
    return acts.approve(case, office, at=at, amount_fen=less_fen, reason="按现有流水，先贷少一点更稳当。")


def ask_for_papers(case: Application, office: Office, at: datetime) -> Application:
    city = office.people["city"]
    return interruptions.request_supplement(case, items=MISSING, by=city, at=at, version=case.version)


def return_it(case: Application, office: Office, at: datetime) -> Application:
    return interruptions.return_for_rework(
        case,
        reason="走访记录里没写进货从哪里来，请补问清楚。",
        by=office.people["guarantor"],
        at=at,
        version=case.version,
    )


def city_declines(case: Application, office: Office, at: datetime) -> Application:
    finding = case.findings.filter(rule="use_of_funds_clear").last()
    assert finding is not None
    eligibility.settle(finding, outcome="not_met", note="三万元写的是家里盖房", by=office.people["city"], at=at)
    reasons = (
        Reason(
            "use_unclear",
            "五万元里有三万元写的是家里盖房，这笔钱只能用在生意上。",
            "把用途改成生意上要花的钱，可以马上再申请。",
        ),
        Reason(
            "other_loans",
            "您爱人名下有一笔创业担保贷款三万元，明年四月到期，还没还清。",
            "还清后带上结清单再来，材料不用重交。",
        ),
    )
    return eligibility.decline(case, reasons=reasons, by=office.people["city"], at=at, version=case.version)


def town_declines(case: Application, office: Office, at: datetime) -> Application:
    assert case.applicant.village is not None
    reasons = (
        Reason(
            "no_business",
            "走访那天院子空着，还没有场地，也没有定下来做什么。",
            "先去参加镇上的培训班，场地定了再申请，我们帮您看。",
        ),
    )
    reviewer = office.reviewer(case.applicant.village)
    return eligibility.decline(case, reasons=reasons, by=reviewer, at=at, version=case.version)


def guarantor_refuses(case: Application, office: Office, at: datetime) -> Application:
    reasons = (
        Reason(
            "other",
            "您现在替别人担保着八万元，再担保一笔，负担太重了。",
            "等那一笔还清，或者请一位没有替人担保的亲友一起来。",
        ),
    )
    by = office.people["guarantor"]
    return guarantee.refuse_guarantee(case, reasons=reasons, by=by, at=at, version=case.version)


def bank_refuses(case: Application, office: Office, at: datetime) -> Application:
    reasons = (
        Reason(
            "other_loans",
            "征信上有一张信用卡逾期两个月，还没还上。",
            "先把信用卡还清，三个月后可以再申请。",
        ),
    )
    return disbursement.refuse_loan(case, reasons=reasons, by=office.people["bank"], at=at, version=case.version)


def she_withdraws(case: Application, office: Office, at: datetime) -> Application:
    her = case.applicant.user
    return interruptions.withdraw(case, reason="家里凑够了，先不贷了。", by=her, at=at, version=case.version)


def she_declines_terms(case: Application, office: Office, at: datetime) -> Application:
    return disbursement.decline_terms(
        offer_less(case, office, at), by=case.applicant.user, at=at, version=case.version + 1
    )


def not_hers(case: Application, office: Office, at: datetime) -> Application:
    her = case.applicant.user
    return interruptions.freeze(case, reason="不是我办的", by=her, at=at, version=case.version)
