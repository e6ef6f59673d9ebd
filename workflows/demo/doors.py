"""What the helper of 石榴村 does: whom she asked at her door, and whom she reminds of a repayment. Made-up people."""

import uuid
from datetime import date, timedelta
from itertools import islice
from typing import Final

from applicants import reminder_consents, survey_ledger
from applicants.models import Applicant, SurveyedWoman
from applicants.survey_ledger import Told
from loans.models.loan import LoanState
from workflows import village_due
from workflows.demo.diary import at_hour
from workflows.demo.office import Office
from workflows.demo.women import women
from workflows.survey_states import invite

# Age, what she does, what she wants, for how much, what she would learn, and whether she would apply.
ASKED: Final = (
    ("from_30", "在家带孩子", "开农家乐", "to_5", "厨艺", "yes"),
    ("from_46", "种地", "种大棚樱桃", "to_5", "果树嫁接", "yes"),
    ("under_30", "镇上打工", "网店卖柿饼", "to_3", "电商", "yes"),
    ("from_30", "养鸡", "多养 200 只鸡", "to_3", "", "yes"),
    ("from_46", "缝纫", "家纺加工", "to_10", "", "yes"),
    ("from_30", "种地", "养奶羊", "unknown", "养殖", "yes"),
    ("from_30", "小卖部", "添冰柜", "to_3", "", "thinks"),
    ("from_46", "种地", "柳编", "unknown", "柳编", "thinks"),
    ("over_60", "在家", "", "", "", "no"),
    ("under_30", "外地打工", "", "", "电商", "no"),
)
# Nobody of the hundred: those are the first of them.
FIRST: Final = 300


def make_doors(office: Office, *, ends_on: date) -> None:
    helper, village = office.people["helper"], office.villages["石榴村"]
    asked = zip(ASKED, islice(women(), FIRST, None), strict=False)
    for number, ((age_band, doing, wants, wish_band, learns, willing), woman) in enumerate(asked):
        told = Told(woman.name, woman.address, age_band, doing, wants, wish_band, learns, willing, woman.mobile)
        at = at_hour(ends_on - timedelta(days=12 - number), 17, 20)
        key = uuid.UUID(int=number + 1)
        survey_ledger.keep(told, key=key, village=village, is_whole=True, by=helper, at=at)


def make_ledger(office: Office, *, ends_on: date) -> None:
    """The other villages were asked on paper; their towns brought the tables in, and invite the first who want to."""
    others = [village for name, village in sorted(office.villages.items()) if name != "石榴村"]
    at = at_hour(ends_on - timedelta(days=20), 10, 15)
    for place, village in enumerate(others):
        by = office.reviewer(village)
        asked = islice(women(), FIRST + 20 + 10 * place, FIRST + 20 + 10 * place + 4 + place % 4)
        for number, woman in enumerate(asked):
            age_band, doing, wants, wish_band, learns, willing = ASKED[(number + place) % len(ASKED)]
            told = Told(woman.name, woman.address, age_band, doing, wants, wish_band, learns, willing, woman.mobile)
            key = uuid.UUID(int=1_000 + 100 * place + number)
            survey_ledger.keep(told, key=key, village=village, is_whole=True, by=by, at=at)
    invited = SurveyedWoman.objects.filter(village=office.villages["石榴村"], willing="yes", applicant__isnull=True)
    for row in invited.order_by("pk")[:2]:
        invite(row, by=office.people["town"], at=at_hour(ends_on, 9, 50))


def make_reminders(office: Office, *, ends_on: date) -> None:
    """Every other borrower of the village agreed to be reminded; the first of those due soon has been."""
    helper, village = office.people["helper"], office.villages["石榴村"]
    at = at_hour(ends_on, 10, 30)
    borrowers = Applicant.objects.filter(village=village, loans__state=LoanState.ACTIVE).order_by("pk")
    for her in borrowers[::2]:
        reminder_consents.give(her, at=at - timedelta(days=3))
    soonest = village_due.due_in([village], today=ends_on).first()
    if soonest is not None:
        village_due.note_reminded(soonest, villages=[village], by=helper, at=at, today=ends_on)
