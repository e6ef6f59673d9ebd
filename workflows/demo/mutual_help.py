"""The demo's mutual-help fund: gifts with and without a name, two mothers helped, one who waits for a second yes."""

from datetime import date, timedelta
from itertools import islice
from typing import Final

from accounts.models import Organisation, Region, User
from loans.models import MutualHelp, MutualHelpFund, Programme
from loans.mutual_help import decide_help, donate, propose_help, repay
from records.models.decision import Outcome
from workflows.demo.diary import at_hour
from workflows.demo.women import women

# Days before the end, yuan, who, what for. All made up.
GIFTS: Final = (
    (90, 20_000, "石榴市女企业家协会", ""),
    (75, 600, "", "给孩子上学的母亲"),
    (40, 5_000, "石榴花家纺合作社", "买种苗"),
    (12, 1_888, "", ""),
)
HELPS: Final = ((60, "丈夫生病，两个孩子上学"), (30, "去年发大水，猪圈塌了"))
HELP_FEN: Final = 200_000


def make_mutual_help(keeper: Organisation, people: dict[str, User], villages: list[Region], *, ends_on: date) -> None:
    programme = Programme.objects.create(
        code="mutual-help", name="贫困母亲互助金", short_name="互助金", paper_prefix="石妇助"
    )
    fund = MutualHelpFund.objects.create(programme=programme, keeper=keeper)
    for number, (days_ago, yuan, donor, purpose) in enumerate(GIFTS, start=1):
        on = ends_on - timedelta(days=days_ago)
        donate(
            fund,
            amount_fen=yuan * 100,
            donor=donor,
            purpose=purpose,
            value_on=on,
            voucher_no=f"互捐{on:%Y}-{number:03d}",
            by=people["city"],
            at=at_hour(on, 10),
        )
    for number, (days_ago, need) in enumerate(HELPS, start=1):
        on = ends_on - timedelta(days=days_ago)
        helped = _asked(fund, number, need, people, villages, on=on)
        decide_help(helped, outcome=Outcome.APPROVED, by=people["leader"], at=at_hour(on, 16))
    back_on = ends_on - timedelta(days=20)
    first = fund.helps.earliest("pk")
    by, at = people["city-b"], at_hour(back_on, 10)
    repay(first, amount_fen=20_000, value_on=back_on, voucher_no=f"互还{back_on:%Y}-001", by=by, at=at)
    _asked(fund, len(HELPS) + 1, "一个人带三个孩子", people, villages, on=ends_on - timedelta(days=1))


def _asked(
    fund: MutualHelpFund, number: int, need: str, people: dict[str, User], villages: list[Region], *, on: date
) -> MutualHelp:
    return propose_help(
        fund,
        village=villages[(number * 4) % len(villages)],
        name=next(islice(women(), 260 + number, None)).name,
        need=need,
        purpose="买种苗和饲料",
        amount_fen=HELP_FEN,
        first_due_on=on + timedelta(days=31),
        instalments=10,
        voucher_no=f"互帮{on:%Y}-{number:03d}",
        by=people["city"],
        at=at_hour(on, 9),
    )
