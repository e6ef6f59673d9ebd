"""石榴市 and who works there. Everybody is made up; area code 990000 is assigned to no place."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.contrib.auth.hashers import make_password

from accounts.appointments import appoint
from accounts.models import Organisation, Region, User
from accounts.models.organisation import OrganisationKind
from accounts.models.region import RegionLevel
from accounts.models.user import UserKind
from accounts.roles import Role
from applicants.identity import read_id_no
from applicants.staff_numbers import note_numbers
from loans.models import GuaranteePool
from workflows.demo.women import made_up_id_no

CITY_CODE = "990000000000"
PASSWORD = "shiliu-2026"  # noqa: S105 - printed by `make run`; production refuses to start with demo people

TOWNS = {
    "石榴镇": ("石榴村", "河湾村", "南坡村"),
    "樱桃镇": ("樱桃村", "桃林村", "井头村"),
    "柿子镇": ("柿子村", "岭上村", "东沟村"),
}

# (log-in, name, office, role, is head)
PEOPLE = (
    ("helper", "田小禾", "石榴村", Role.HELPER, False),
    ("town", "柳谷雨", "石榴镇", Role.TOWN_REVIEWER, False),
    ("town-b", "苗清和", "石榴镇", Role.TOWN_REVIEWER, True),
    ("town2", "桃春分", "樱桃镇", Role.TOWN_REVIEWER, False),
    ("town2-b", "叶寒露", "樱桃镇", Role.TOWN_REVIEWER, True),
    ("town3", "秋处暑", "柿子镇", Role.TOWN_REVIEWER, False),
    ("town3-b", "云白露", "柿子镇", Role.TOWN_REVIEWER, True),
    ("city", "麦小满", "石榴市", Role.CITY_REVIEWER, False),
    ("city-b", "宁大雪", "石榴市", Role.CITY_REVIEWER, False),
    ("leader", "温立夏", "石榴市", Role.CITY_REVIEWER, True),
    ("guarantor", "柏立冬", "guarantor", Role.GUARANTOR_OFFICER, False),
    ("guarantor2", "松小寒", "guarantor", Role.GUARANTOR_OFFICER, True),
    ("bank", "桑立春", "bank", Role.BANK_OFFICER, False),
    ("bank2", "竹霜降", "bank", Role.BANK_OFFICER, True),
    ("finance", "梁芒种", "finance", Role.FINANCE_OFFICER, False),
    ("finance2", "章秋分", "finance", Role.FINANCE_OFFICER, True),
    ("sysadmin", "简惊蛰", "石榴市", Role.SYSTEM_ADMIN, False),
    ("secadmin", "卫清明", "石榴市", Role.SECURITY_ADMIN, False),
    ("auditor", "明夏至", "石榴市", Role.AUDITOR, False),
)
CLOCK, BANK_SYSTEM = "clock", "bank-core"


@dataclass(frozen=True)
class Office:
    """What a story of the demo needs at hand."""

    villages: dict[str, Region]
    people: dict[str, User]
    pool: GuaranteePool

    def reviewer(self, village: Region) -> User:
        """The town officer who handles the village's cases."""
        assert village.parent is not None
        return self.people[REVIEWER_OF[village.parent.name]]

    def first_of(self, organisation: Organisation) -> User | None:
        """The person of an office whose log-in the demo names first."""
        working = (Role.TOWN_REVIEWER, Role.CITY_REVIEWER, Role.GUARANTOR_OFFICER, Role.BANK_OFFICER)
        members = organisation.memberships.filter(role__in=working).order_by("pk").select_related("user")
        first = members.first()
        return first.user if first else None

    def companion(self, village: Region) -> User:
        """Who goes with her on a visit."""
        assert village.parent is not None
        return self.people[f"{REVIEWER_OF[village.parent.name]}-b"]


REVIEWER_OF = {"石榴镇": "town", "樱桃镇": "town2", "柿子镇": "town3"}


def make_regions(valid_from: date) -> dict[str, Region]:
    """City, towns and villages by name."""
    city = Region.objects.create(code=CITY_CODE, name="石榴市", level=RegionLevel.CITY, valid_from=valid_from)
    regions = {city.name: city}
    for number, (town_name, villages) in enumerate(TOWNS.items(), start=101):
        town = Region.objects.create(
            code=f"990000{number}000", name=town_name, level=RegionLevel.TOWN, parent=city, valid_from=valid_from
        )
        regions[town_name] = town
        for place, village in enumerate(villages, start=201):
            regions[village] = Region.objects.create(
                code=f"990000{number}{place}",
                name=village,
                level=RegionLevel.VILLAGE,
                parent=town,
                valid_from=valid_from,
            )
    return regions


def make_organisations(regions: dict[str, Region]) -> dict[str, Organisation]:
    """A federation for every place, and the three partners of the city."""
    offices = {}
    for number, (name, region) in enumerate(regions.items()):
        is_city = region.level == RegionLevel.CITY
        offices[name] = Organisation.objects.create(
            name=f"{name}妇女联合会",
            short_name="市妇联" if is_city else f"{name}妇联",
            kind=OrganisationKind.FEDERATION,
            region=region,
            phone=f"0999-01234{number:02d}",
            address=f"{name}便民服务中心",
        )
    partners = {
        "guarantor": ("石榴市惠民融资担保有限公司", "担保公司", OrganisationKind.GUARANTOR, "石榴市榴花路 8 号"),
        "bank": ("石榴市农村信用合作联社", "农信", OrganisationKind.BANK, "石榴市榴花路 16 号，农信社营业厅"),
        "finance": ("石榴市财政局", "财政局", OrganisationKind.FINANCE, "石榴市府前街 1 号"),
    }
    for number, (key, (name, short_name, kind, address)) in enumerate(partners.items()):
        offices[key] = Organisation.objects.create(
            name=name,
            short_name=short_name,
            kind=kind,
            region=regions["石榴市"],
            phone=f"0999-02345{number:02d}",
            address=address,
            # Assumptions of the demo: real prefixes and hours are the bank's to name.
            card_prefixes="622319" if kind == OrganisationKind.BANK else "",
            opens_at=time(9) if kind == OrganisationKind.BANK else None,
            closes_at=time(17) if kind == OrganisationKind.BANK else None,
        )
    return offices


def make_people(offices: dict[str, Organisation], *, at: datetime) -> dict[str, User]:
    """Staff with their roles, the office's own clock, and the bank's core system."""
    password = make_password(PASSWORD)
    people = {}
    for number, (login, name, office, role, is_head) in enumerate(PEOPLE):
        user = User.objects.create(
            username=login,
            name=name,
            kind=UserKind.STAFF,
            phone=f"0999-03456{number:02d}",
            password=password,
            is_staff=role == Role.SYSTEM_ADMIN,
        )
        numbers = made_up_id_no(number + 1, date(1968, 3, 8), is_female=True), f"1391{number:07d}"
        note_numbers(user, id_no=read_id_no(numbers[0], on=at.date()), mobile=numbers[1])
        appoint(user, organisation=offices[office], role=role, at=at, is_head=is_head)
        people[login] = user
    for login, office in ((CLOCK, "石榴市"), (BANK_SYSTEM, "bank")):
        machine = User.objects.create(username=login, name=login, kind=UserKind.MACHINE, acts_for=offices[office])
        people[login] = machine
    return people
