"""What the database holds of people, offices and places, tried by breaking it."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Organisation, Region, User
from accounts.models.organisation import OrganisationKind
from tests.makers.people import Offices, organisation, phone_user


def refused(name: str):
    return pytest.raises(IntegrityError, match=name)


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"kind": "robot"}, "user_is_applicant_staff_or_machine"),
        ({"kind": "applicant", "is_staff": True}, "only_staff_enter_the_administration"),
        ({"kind": "applicant", "is_superuser": True}, "only_staff_enter_the_administration"),
        ({"kind": "machine"}, "only_a_machine_acts_for_an_organisation_by_itself"),
    ],
    ids=str,
)
def test_a_user_is_one_kind_of_thing(offices: Offices, change, name):
    with refused(name), transaction.atomic():
        User.objects.filter(pk=offices.town_reviewer.pk).update(**change)


def test_only_a_machine_acts_for_an_organisation_by_itself(offices: Offices):
    her = phone_user("a-phone")
    for user in (her, offices.town_reviewer):
        with refused("only_a_machine_acts"), transaction.atomic():
            User.objects.filter(pk=user.pk).update(acts_for=offices.bank)
    with refused("only_a_machine_acts"), transaction.atomic():
        User.objects.filter(pk=offices.clock.pk).update(acts_for=None)


@pytest.mark.parametrize("code", ["99000010100", "9900001010000", "99000010100X", ""])
def test_a_region_code_has_twelve_digits(offices: Offices, code):
    # PostgreSQL refuses one that is too long before any rule of ours is asked.
    with pytest.raises(Exception, match=r"region_code_has_twelve_digits|too long"), transaction.atomic():
        Region.objects.create(code=code, name="某镇", level="town", parent=offices.city, valid_from=date(2026, 1, 1))


def test_only_a_city_has_no_parent(offices: Offices):
    for change in ({"parent": None}, {"level": "city"}):
        with refused("only_a_city_has_no_parent"), transaction.atomic():
            Region.objects.filter(pk=offices.towns[0].pk).update(**change)


def test_a_region_has_one_live_federation(offices: Offices):
    with pytest.raises(IntegrityError), transaction.atomic():
        organisation("又一个妇联", "又一个", kind=OrganisationKind.FEDERATION, region=offices.city)
    Organisation.objects.filter(pk=offices.city_federation.pk).update(is_active=False)
    organisation("新妇联", "新", kind=OrganisationKind.FEDERATION, region=offices.city)


def test_a_place_contains_itself_and_what_lies_in_it(offices: Offices):
    assert offices.towns[0].contains(offices.towns[0])
    assert offices.towns[0].contains(offices.villages[0])
    assert not offices.towns[0].contains(offices.villages[2])
    assert not offices.towns[0].contains(offices.city)
    assert set(Region.objects.below(offices.towns[0])) == {offices.towns[0], *offices.villages[:2]}
