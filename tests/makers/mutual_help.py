"""The mutual-help fund of 石榴市, and mothers that it helped. All of it is made up."""

from datetime import date, datetime
from itertools import count

from applicants.models import HelpedMother
from loans import mutual_help
from loans.models import MutualHelp, MutualHelpFund, Programme
from records import decisions
from records.models import Decision
from records.models.decision import Outcome
from tests.makers.people import OPENED_AT, Offices

GIVEN_FEN = 1_000_000
HELP_FEN = 200_000

_running = count(1)


def a_programme(code: str = "mutual-help") -> Programme:
    return Programme.objects.create(code=code, name="贫困母亲互助金", short_name="互助金", paper_prefix="石妇助")


def a_fund(offices: Offices, *, given_fen: int = GIVEN_FEN, code: str = "mutual-help") -> MutualHelpFund:
    """With one anonymous gift in it."""
    fund = MutualHelpFund.objects.create(programme=a_programme(code), keeper=offices.city_federation)
    mutual_help.donate(
        fund,
        amount_fen=given_fen,
        value_on=OPENED_AT.date(),
        voucher_no=f"捐{next(_running):05d}",
        by=offices.city_reviewer,
        at=OPENED_AT,
    )
    return refreshed(fund)


def proposed(
    fund: MutualHelpFund, offices: Offices, *, amount_fen: int = HELP_FEN, at: datetime = OPENED_AT
) -> MutualHelp:
    return mutual_help.propose_help(
        fund,
        village=offices.villages[0],
        name="谷小满",
        need="丈夫生病，两个孩子上学",
        purpose="买种苗和饲料",
        amount_fen=amount_fen,
        first_due_on=date(at.year + 1, 1, 31),
        instalments=7,
        voucher_no=f"帮{next(_running):05d}",
        by=offices.city_reviewer,
        at=at,
    )


def decide(helped: MutualHelp, offices: Offices) -> Decision:
    """The second person's yes, and nothing of what follows from it."""
    return decisions.decide(helped.decision, outcome=Outcome.APPROVED, by=offices.leader, at=OPENED_AT)


def agreed(helped: MutualHelp, offices: Offices, *, at: datetime = OPENED_AT) -> MutualHelp:
    mutual_help.decide_help(helped, outcome=Outcome.APPROVED, by=offices.leader, at=at)
    return helped


def paid(offices: Offices) -> MutualHelp:
    """Help that two people agreed on and that went out."""
    return agreed(proposed(a_fund(offices), offices), offices)


def a_mother(helped: MutualHelp) -> HelpedMother:
    return HelpedMother.objects.create(
        village=helped.village,
        name_masked="谷••",
        helped_on=OPENED_AT.date(),
        amount_fen=helped.amount_fen,
        purpose=helped.purpose,
    )


def refreshed(fund: MutualHelpFund) -> MutualHelpFund:
    return MutualHelpFund.objects.get(pk=fund.pk)
