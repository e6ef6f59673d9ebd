"""Women who apply, all of them made up: ID numbers of area 990000, which is no place."""

import io
from datetime import date, datetime
from functools import lru_cache
from itertools import count

from PIL import Image
from stdnum.iso7064 import mod_11_2

from accounts.models import User
from accounts.models.user import UserKind
from applicants import consents, documents, parties, party_consents, profiles
from applicants.identity import read_id_no
from applicants.models import Applicant, Document
from applicants.models.applicant import SuretyWay
from applicants.models.consent import Recipient
from applicants.models.document import DocumentKind
from records.stored_files import store
from tests.makers.people import OPENED_AT, Offices

NAMES = ("申请人甲", "申请人乙", "申请人丙", "申请人丁", "申请人戊", "申请人己", "申请人庚", "申请人辛")
ACCOUNT_NO = "6223190000000081234"
_numbers = count(1)


def a_woman(offices: Offices, *, birth_on: date = date(1985, 3, 12), id_no: str = "", village: int = 0) -> Applicant:
    """She has told everything that the form asks, handed in every photograph and agreed to everybody."""
    number = next(_numbers)
    user = User.objects.create(username=f"phone-{number}", kind=UserKind.APPLICANT)
    applicant = profiles.start_applicant(user, at=OPENED_AT)
    fill_in(applicant, offices, number=number, id_no=id_no or an_id_no(number, birth_on=birth_on), village=village)
    applicant = Applicant.objects.select_related("user", "business").get(pk=applicant.pk)
    hand_in_papers(applicant, by=user, at=OPENED_AT)
    consents.give(applicant, recipients=list(Recipient), channel="web", by=user, at=OPENED_AT)
    let_everybody_agree(applicant)
    return applicant


def let_everybody_agree(applicant: Applicant, *, amount_fen: int = 100_000_000, at: datetime = OPENED_AT) -> None:
    """Everybody named in her application has said yes on their own phone, to any sum."""
    for whom in parties.named_in(applicant):
        party_consents.give(applicant, whom, amount_fen=amount_fen, at=at)


def fill_in(applicant: Applicant, offices: Offices, *, number: int, id_no: str, village: int = 0) -> None:
    """Everything that she tells of herself and her project."""
    person = profiles.Person(
        full_name=NAMES[number % len(NAMES)],
        id_no=read_id_no(id_no, on=OPENED_AT.date()),
        mobile=a_mobile(number),
        village=offices.villages[village],
        address="三组 12 号",
    )
    profiles.save_person(applicant, person)
    situation = profiles.Situation(
        registered_in_city=True,
        resides_in_city=True,
        on_public_payroll=False,
        other_loans=("none",),
        has_overdue_debt=False,
        marital_status="married",
    )
    spouse = profiles.Spouse(
        full_name="家属" + NAMES[number % len(NAMES)][-1],
        id_no=read_id_no(an_id_no(number, birth_on=date(1983, 6, 1), is_female=False), on=OPENED_AT.date()),
    )
    profiles.save_situation(applicant, situation, spouse=spouse)
    project = profiles.Project(
        project_type="farm_stay",
        site="河湾村村口",
        started="1_to_3",
        income_band="50k_to_100k",
        jobs=2,
        proof="village_certificate",
        licence_no="",
    )
    profiles.save_project(applicant, project)
    profiles.save_account(applicant, account_no=ACCOUNT_NO, bank=offices.bank)
    parties.save_surety_way(applicant, way=SuretyWay.TALK)


def hand_in_papers(applicant: Applicant, *, by: User, at: datetime) -> None:
    """One picture for each kind that is needed; the same file serves them all, to be quick."""
    file = store(a_picture(), content_type="image/jpeg", by=by, at=at)
    Document.objects.bulk_create(
        Document(applicant=applicant, kind=kind, file=file, added_by=by, added_at=at)
        for kind in documents.required_kinds(applicant)
    )


def hand_in(applicant: Applicant, kind: DocumentKind, *, by: User, at: datetime) -> Document:
    """One more picture, such as one that she was asked for."""
    file = store(a_picture(), content_type="image/jpeg", by=by, at=at)
    return Document.objects.create(applicant=applicant, kind=kind, file=file, added_by=by, added_at=at)


def an_id_no(number: int, *, birth_on: date = date(1985, 3, 12), is_female: bool = True) -> str:
    """A well-formed number: 17th digit even for a woman, right check digit."""
    sequence = (number * 2) % 1000 if is_female else (number * 2 + 1) % 1000
    body = f"990000{birth_on:%Y%m%d}{sequence:03d}"
    return body + mod_11_2.calc_check_digit(body)


def a_mobile(number: int) -> str:
    return f"138{number:08d}"


@lru_cache(maxsize=1)
def a_picture() -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", (320, 240), "wheat").save(drawn, "JPEG")
    return drawn.getvalue()
