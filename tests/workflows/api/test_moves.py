"""What the API refuses, and in which shape."""

import pytest
import time_machine

from loans.models import Guarantee
from tests.makers.cases import a_case_in, a_draft
from tests.makers.people import phone_user
from tests.workflows.api.bodies import DRAFT, GUARANTEE
from tests.workflows.api.client import Caller
from workflows.models import Application
from workflows.states import State

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("programme")]


@pytest.fixture(autouse=True)
def _monday_morning():
    with time_machine.travel("2026-09-21T10:00:00+08:00", tick=False):
        yield


def errors_of(answer) -> dict[str, str]:
    assert answer.status_code == 400, answer.content
    assert answer.json()["code"] == "invalid"
    return {error["field"]: error["code"] for error in answer.json()["errors"]}


def test_a_stale_version_is_a_conflict_and_changes_nothing(offices):
    case = a_case_in(State.SUBMITTED, offices)
    town = Caller(offices.town_reviewer)
    answer = town.post(f"applications/{case.number}/moves/accept", {"version": 0})
    assert (answer.status_code, answer.json()["code"]) == (409, "stale")
    assert Application.objects.get().state == State.SUBMITTED


def test_a_move_out_of_order_is_not_open(offices):
    case = a_case_in(State.SUBMITTED, offices)
    answer = Caller(offices.city_reviewer).move(case.number, "recommend", opinion="同意推荐。")
    assert (answer.status_code, answer.json()["code"]) == (409, "move_not_open")
    assert answer.json()["message_en"]


def test_a_role_without_the_permission_is_told_so(offices):
    case = a_case_in(State.ELIGIBILITY, offices)
    answer = Caller(offices.town_reviewer).move(case.number, "recommend", opinion="同意推荐。")
    assert (answer.status_code, answer.json()["code"]) == (403, "not_permitted")


def test_another_offices_case_does_not_exist(offices):
    case = a_case_in(State.SUBMITTED, offices)
    for stranger in (offices.other_town_reviewer, offices.guarantor_officer, offices.bank_officer, phone_user("x")):
        caller = Caller(stranger)
        for path in ("", "/moves", "/clock", "/timeline", "/documents", "/assignments", "/pauses", "/findings"):
            assert caller.get(f"applications/{case.number}{path}").status_code == 404
        answer = caller.post(f"applications/{case.number}/moves/accept", {"version": case.version})
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_who_is_not_signed_in_learns_nothing(client):
    answer = client.get("/api/v1/applications")
    assert answer.status_code == 401
    assert answer.json()["code"] == "not_authenticated"


def test_the_open_moves_say_what_they_carry(offices):
    case = a_case_in(State.GUARANTEE, offices)
    moves = Caller(offices.guarantor_officer).get(f"applications/{case.number}/moves").json()
    assert moves["version"] == case.version
    fields = {move["name"]: move["fields"] for move in moves["moves"]}
    assert {"guarantee", "refuse_guarantee", "request_supplement", "return_for_rework"} <= set(fields)
    assert fields["guarantee"]["cover"]["required"] is True


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("id_no", "990000199001010026", "id_no_check_digit"),
        ("id_no", "99000019900101002", "id_no_length"),
        ("id_no", "990000199013010025", "id_no_birthday"),
        ("mobile", "1380000000", "mobile_length"),
        ("amount", "-1", "not_an_amount"),
        ("amount", "0.005", "not_an_amount"),
        ("amount", "200000.00", "amount_out_of_range"),
        ("amount", "50500.00", "amount_off_step"),
        ("village", "990000000000", "does_not_exist"),
        ("term_months", 7, "term_not_offered"),
        ("account_no", "6223190000000081235", "account_no_check_digit"),
    ],
)
def test_bad_input_names_its_field_and_nothing_is_kept(offices, field, value, code):
    answer = Caller(phone_user("her")).post("applications", {**DRAFT, field: value})
    assert errors_of(answer)[field] == code
    assert not Application.objects.exists()


def test_a_number_that_is_not_a_womans_is_refused_as_a_whole(offices):
    answer = Caller(phone_user("him")).post("applications", {**DRAFT, "id_no": "990000199001010033"})
    assert (answer.status_code, answer.json()["code"]) == (422, "not_a_woman")
    assert not Application.objects.exists()


def test_her_draft_is_changed_bit_by_bit(offices):
    her = Caller(phone_user("her"))
    number = her.post("applications", {"full_name": "申请人甲"}).json()["number"]
    her.patch(f"applications/{number}", {"amount": "5万"})
    her.patch(f"applications/{number}", {"mobile": "138 0000 0001"})
    kept = her.get(f"applications/{number}").json()
    assert (kept["full_name"], kept["amount"], kept["mobile"]) == ("申请人甲", "50000.00", "138••••0001")


def test_an_incomplete_draft_is_not_handed_in(offices):
    her = Caller(phone_user("her"))
    number = her.post("applications", {"full_name": "申请人甲"}).json()["number"]
    answer = her.move(number, "submit")
    assert "person.id_no" in errors_of(answer)
    assert her.get(f"applications/{number}").json()["state"] == "DRAFT"


def test_a_second_live_application_is_refused_without_telling_whose_it_is(offices):
    first = a_case_in(State.SUBMITTED, offices)
    second = a_draft(offices)
    second.applicant.id_no, second.applicant.id_index = first.applicant.id_no, first.applicant.id_index
    second.applicant.save()
    answer = Caller(second.applicant.user).move(second.number, "submit")
    assert (answer.status_code, answer.json()["code"]) == (409, "already_applying")
    assert first.number not in answer.content.decode()


def test_money_moves_want_a_key(offices):
    case = a_case_in(State.GUARANTEE, offices)
    body = {"version": case.version, **GUARANTEE}
    answer = Caller(offices.guarantor_officer).post(f"applications/{case.number}/moves/guarantee", body)
    assert (answer.status_code, answer.json()["code"]) == (400, "idempotency_key_required")


def test_the_same_key_gets_the_same_bytes_and_no_second_guarantee(offices):
    case = a_case_in(State.GUARANTEE, offices)
    guarantor = Caller(offices.guarantor_officer)
    path, body = f"applications/{case.number}/moves/guarantee", {"version": case.version, **GUARANTEE}
    first = guarantor.post(path, body, key="k1")
    again = guarantor.post(path, body, key="k1")
    assert first.status_code == 200
    assert again.content == first.content
    assert Guarantee.objects.count() == 1
    other = guarantor.post(path, {**body, "cover": "40000.00"}, key="k1")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")


def test_a_refused_money_move_gives_its_key_back(offices):
    case = a_case_in(State.GUARANTEE, offices)
    guarantor = Caller(offices.guarantor_officer)
    path = f"applications/{case.number}/moves/guarantee"
    assert guarantor.post(path, {"version": case.version, **GUARANTEE, "cover": "-1"}, key="k").status_code == 400
    assert guarantor.post(path, {"version": case.version, **GUARANTEE}, key="k").status_code == 200


def test_the_guarantor_is_not_told_the_account(offices):
    case = a_case_in(State.GUARANTEE, offices)
    assert Caller(offices.guarantor_officer).get(f"applications/{case.number}").json()["account_no"] is None


def test_nothing_personal_is_unmasked(offices):
    case = a_case_in(State.DISBURSEMENT, offices)
    for reader in (offices.town_reviewer, offices.city_reviewer, offices.bank_officer, case.applicant.user):
        shown = Caller(reader).get(f"applications/{case.number}").content.decode()
        for secret in (case.applicant.id_no, case.applicant.mobile, case.applicant.account_no):
            assert secret not in shown


def test_lists_come_in_keyset_pages(offices, django_assert_max_num_queries):
    numbers = [a_case_in(State.SUBMITTED, offices).number for _ in range(3)]
    town = Caller(offices.town_reviewer)
    with django_assert_max_num_queries(8):
        page = town.get("applications").json()
    assert [case["number"] for case in page["results"]] == numbers[::-1]
    assert {"next", "previous"} <= set(page)


def test_tasks_are_what_waits_for_her_office(offices):
    case = a_case_in(State.SUBMITTED, offices)
    assert [task["number"] for task in Caller(offices.town_reviewer).get("tasks").json()] == [case.number]
    assert Caller(offices.other_town_reviewer).get("tasks").json() == []


def test_a_pause_from_outside_is_a_leaders_and_stops_the_clock_until_it_is_lifted(offices):
    case = a_case_in(State.SURVEY, offices)
    town = Caller(offices.leader)
    pause = {"pause_reason": "outside_check", "until": "2026-09-25", "note": "等国土部门查地"}
    opened = town.post(f"applications/{case.number}/pauses", pause)
    assert opened.status_code == 201, opened.content
    clock = town.get(f"applications/{case.number}/clock").json()
    assert (clock["paused"], clock["due_on"]) == (True, None)
    assert town.post(f"applications/{case.number}/pauses", pause).json()["code"] == "already_paused"
    ended = town.post(f"applications/{case.number}/pauses/{opened.json()['id']}/end")
    assert ended.status_code == 200
    # 25 to 27 September and 1 to 7 October are holidays; the day of acceptance and pause was never one of the seven.
    assert town.get(f"applications/{case.number}/clock").json()["due_on"] == "2026-10-08"


def test_issued_papers_are_listed_and_come_as_pdf(offices):
    case = a_case_in(State.SURVEY, offices)
    her = Caller(case.applicant.user)
    listed = her.get(f"applications/{case.number}/papers").json()
    assert listed, "the acceptance notice is issued with the move"
    paper = her.get(f"applications/{case.number}/papers/{listed[0]['kind']}")
    assert (paper.status_code, paper["Content-Type"]) == (200, "application/pdf")
    assert paper.content.startswith(b"%PDF-")
    assert her.get(f"applications/{case.number}/papers/no_such_kind").status_code == 404
    assert Caller(offices.bank_officer).get(f"applications/{case.number}/papers").status_code == 404
