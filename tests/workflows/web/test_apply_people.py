"""家人和担保人: who is named, by whom nobody is entered, and how each is asked for their own yes."""

import re
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from applicants.models import Applicant, Document, HouseholdMember, Party, PartyConsent, PartyLink
from records.models import Notice
from tests.makers.people import Offices
from tests.makers.programme import policies_say
from tests.makers.women import an_id_no
from tests.workflows.web.filling import (
    HER_ID_NO,
    MOBILE,
    SITUATION,
    fill_in,
    person,
    photograph,
    said_thrice,
    submit,
    tell,
    upload,
    words_to,
)
from workflows.models import Application

pytestmark = pytest.mark.django_db

HIS_MOBILE = "13700000007"
MARRIED = SITUATION | {
    "marital_status": "married",
    "spouse_name": "家属甲",
    "spouse_id_no": an_id_no(1, is_female=False),
}
SURETY = {
    "full_name": "担保人甲",
    "id_no": an_id_no(3, is_female=False),
    "mobile": HIS_MOBILE,
    "tie": "relative",
    "kind": "person",
}
PARTNER = {
    "full_name": "合伙人甲",
    "id_no": an_id_no(5),
    "mobile": HIS_MOBILE,
    "share_percent": "３０%",
    "liability": "joint",
    "on_public_payroll": "no",
}


@pytest.fixture
def with_partners(programme) -> None:
    policies_say(partners_max=1)


@pytest.fixture
def married(begun: Client, offices: Offices) -> Client:
    tell(begun, "person", person(offices))
    tell(begun, "situation", MARRIED)
    return begun


def ask(client: Client, key: Any, mobile: str = HIS_MOBILE) -> str:
    """Ask somebody; the address of their own page."""
    response = client.post(f"/apply/people/{key}/ask", {"mobile": mobile})
    assert response.status_code == 302, response.context["ask"].errors
    found = re.search(r"/p/\S+", words_to(mobile)[-1])
    assert found is not None
    return found.group()


def test_her_spouse_says_yes_on_his_own_phone(married: Client):
    assert "还没请他同意" in married.get("/apply/people").content.decode()
    link = ask(married, "spouse")
    assert "申请人甲申请创业贷款，写了您是爱人" in words_to(HIS_MOBILE)[0]
    assert "链接发了，等他同意" in married.get("/apply/people").content.decode()
    Client().post(link, {"answer": "yes"})
    assert "9 月 21 日同意了" in married.get("/apply/people").content.decode()
    consent = PartyConsent.objects.get()
    assert (consent.role, consent.channel, consent.amount_fen) == ("spouse", "link", None)


def test_the_same_spouse_told_again_keeps_his_phone_and_his_yes(married: Client):
    Client().post(ask(married, "spouse"), {"answer": "yes"})
    tell(married, "situation", MARRIED | {"spouse_id_no": ""})
    assert HouseholdMember.objects.get().mobile == HIS_MOBILE
    assert "同意了" in married.get("/apply/people").content.decode()
    tell(married, "situation", MARRIED | {"spouse_id_no": an_id_no(9, is_female=False)})
    assert "还没请他同意" in married.get("/apply/people").content.decode()


def test_her_own_phone_says_no_yes_for_him(married: Client):
    response = married.post("/apply/people/spouse/ask", {"mobile": MOBILE})
    assert "这个号不能用" in response.content.decode()
    assert response.status_code == 422
    assert not PartyLink.objects.exists()


def test_a_second_link_waits_a_minute(married: Client):
    ask(married, "spouse")
    response = married.post("/apply/people/spouse/ask", {"mobile": HIS_MOBILE})
    assert (response.status_code, "等 1 分钟" in response.content.decode()) == (429, True)


def test_who_has_no_phone_signs_on_paper(married: Client, her: User):
    assert "家属甲的同意书" in married.get("/apply/people/spouse/paper").content.decode()
    married.post("/apply/people/spouse/ask", {"on_paper": "yes", "photo": photograph("signed")})
    consent = PartyConsent.objects.get()
    assert (consent.channel, consent.recorded_by) == ("paper", her)
    assert consent.paper == Document.objects.get(kind="party_consent")


def test_on_paper_without_a_paper_is_asked_again(married: Client):
    said_thrice(married.post("/apply/people/spouse/ask", {"on_paper": "yes"}), "先拍一张，或从相册选一张")
    assert not PartyConsent.objects.exists()


def test_a_married_woman_hands_in_what_shows_it(married: Client):
    page = married.get("/apply/documents").content.decode()
    assert "爱人的身份证" in page
    assert "结婚证" in page


def test_others_of_the_household_are_told_without_a_name(begun: Client):
    begun.post("/apply/people/household", {"relation": "in_law", "occupation": "farming"})
    assert "公婆，种地、养殖" in begun.get("/apply/people").content.decode()
    begun.post("/apply/people", {"remove_member": str(HouseholdMember.objects.get().pk)})
    assert not HouseholdMember.objects.exists()


def test_a_spouse_is_not_told_among_the_others(begun: Client):
    response = begun.post("/apply/people/household", {"relation": "spouse", "occupation": "farming"})
    said_thrice(response, "选一下是您的什么人")


def test_partners_are_asked_about_only_where_the_policy_has_them(begun: Client):
    assert "自己干还是合伙干" not in begun.get("/apply/people").content.decode()
    assert begun.get("/apply/people/together")["Location"] == "/apply/people"
    begun.post("/apply/people/together", {"together": "together"})
    assert Applicant.objects.get().business.has_partners is False


def test_a_partner_is_named_once_with_a_share(with_partners, begun: Client, offices: Offices):
    tell(begun, "person", person(offices))
    begun.post("/apply/people/together", {"together": "together"})
    assert begun.post("/apply/people/partner", PARTNER).status_code == 302
    assert "占 30%" in begun.get("/apply/people").content.decode().replace("\N{NO-BREAK SPACE}", " ")
    again = begun.post("/apply/people/partner", PARTNER | {"id_no": an_id_no(7)})
    assert (again.status_code, "人写满了" in again.content.decode()) == (422, True)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"share_percent": "100"}, "写 1 到 99 的数字，比如占三成就写 30"),
        ({"share_percent": ""}, "写数字，比如占三成就写 30"),
        ({"id_no": ""}, "写上身份证号，一共 18 位"),
        ({"id_no": an_id_no(5)[:-1]}, "身份证号少了一位，要写 18 位"),
        ({"liability": ""}, "选一下贷款怎么还"),
    ],
)
def test_a_partner_is_told_whole(with_partners, begun: Client, changed, words):
    said_thrice(begun.post("/apply/people/partner", PARTNER | changed), words)
    assert not Party.objects.exists()


def test_she_does_not_vouch_for_herself(begun: Client, offices: Offices):
    tell(begun, "person", person(offices))
    response = begun.post("/apply/people/guarantor", SURETY | {"id_no": HER_ID_NO})
    assert (response.status_code, "这个身份证号已经写过了" in response.content.decode()) == (422, True)


def test_who_answers_for_a_sum_is_asked_after_it_is_told(begun: Client):
    begun.post("/apply/people/guarantor", SURETY)
    response = begun.post(f"/apply/people/{Party.objects.get().pk}/ask", {"mobile": HIS_MOBILE})
    assert "先填好要贷多少" in response.content.decode()


def test_a_case_with_a_surety_is_handed_in_when_he_agreed(her_phone: Client, offices: Offices):
    case = fill_in(her_phone, offices)
    her_phone.post("/apply/people/surety", {"surety_way": "person"})
    her_phone.post("/apply/people/guarantor", SURETY)
    tell(her_phone, "situation", MARRIED)
    for kind in ("spouse_id", "marriage"):
        upload(her_phone, kind)
    assert submit(her_phone, case).status_code == 422
    assert "还没填完" in her_phone.get("/apply/review").content.decode()
    surety = Party.objects.get()
    for key, mobile in ((surety.pk, HIS_MOBILE), ("spouse", "13700000008")):
        Client().post(ask(her_phone, key, mobile), {"answer": "yes"})
    page = her_phone.get("/apply/review").content.decode()
    assert "担保人甲，亲戚，种地、做生意的，9 月 21 日同意了" in page.replace("\N{NO-BREAK SPACE}", " ")
    assert submit(her_phone, case)["Location"] == f"/apply/{case.number}/done"
    assert Application.objects.get().state == "SUBMITTED"


def test_changed_terms_take_the_yes_away_and_the_number_may_stay(her_phone: Client, offices: Offices):
    fill_in(her_phone, offices)
    her_phone.post("/apply/people/guarantor", SURETY)
    surety = Party.objects.get()
    Client().post(ask(her_phone, surety.pk), {"answer": "yes"})
    page = her_phone.get(f"/apply/people/guarantor/{surety.pk}").content.decode()
    assert surety.id_no not in page
    her_phone.post(f"/apply/people/guarantor/{surety.pk}", SURETY | {"id_no": "", "kind": "cadre"})
    surety.refresh_from_db()
    assert (surety.kind, surety.id_no) == ("cadre", SURETY["id_no"])
    assert not PartyConsent.objects.live().exists()


def test_whom_she_takes_out_is_gone(begun: Client):
    begun.post("/apply/people/guarantor", SURETY)
    begun.post("/apply/people", {"remove": str(Party.objects.get().pk)})
    assert not Party.objects.exists()


@pytest.mark.parametrize("sent", [{"remove": "x"}, {"remove": "spouse"}, {"remove_member": "x"}])
def test_who_is_not_there_is_not_taken_out(married: Client, sent):
    assert married.post("/apply/people", sent).status_code == 404
    assert HouseholdMember.objects.exists()


def test_another_womans_surety_is_not_found(begun: Client, offices: Offices):
    begun.post("/apply/people/guarantor", SURETY)
    stranger = Client()
    stranger.force_login(User.objects.create(username="phone-2", kind="applicant"))
    stranger.get("/apply")
    key = Party.objects.get().pk
    for page in (f"guarantor/{key}", f"{key}/ask", f"{key}/paper"):
        assert stranger.get(f"/apply/people/{page}").status_code == 404
    assert not Notice.objects.filter(kind="party_link").exists()


def test_the_page_of_people_asks_the_database_a_few_times(
    her_phone: Client, offices: Offices, django_assert_max_num_queries
):
    fill_in(her_phone, offices)
    tell(her_phone, "situation", MARRIED)
    her_phone.post("/apply/people/guarantor", SURETY)
    with django_assert_max_num_queries(12):
        her_phone.get("/apply/people")
