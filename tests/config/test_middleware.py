"""Between request and page, shown on pages of this test's own so that it knows no app."""

import gzip

import pytest
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.test import Client
from django.urls import include, path

from records.refusals import Busy, MoveNotOpen, NotPermitted, Refusal
from tests.makers.people import Offices
from tests.project.look_urls import blank

REFUSALS = {"late": MoveNotOpen, "forbidden": NotPermitted, "busy": Busy}


def refuse(_request: HttpRequest, which: str) -> HttpResponse:
    raise REFUSALS[which]


def kept_for_a_day(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(headers={"Cache-Control": "max-age=86400"})


@login_not_required
def long_page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("石榴 " * 500, content_type=request.GET["type"])


@login_not_required
def go_on(_request: HttpRequest) -> HttpResponse:
    response = HttpResponseRedirect("/guide?from=here")
    response.set_cookie("seen", "yes")
    return response


@login_not_required
def welcome(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [
    path("", include("accounts.urls")),
    *(path(address, welcome, name=name) for address, name in [("", "home"), ("login", "login")]),
    *(path(name, welcome, name=name) for name in ("guide", "privacy", "accessibility")),
    *(path(address, blank) for address in ("work", "case/W2026-0101", "my/W2026-0101", "admin-office", "apply")),
    path("refuse/<which>", refuse),
    path("kept", kept_for_a_day),
    path("go-on", go_on),
    path("long", long_page),
]
pytestmark = pytest.mark.urls(__name__)


@pytest.fixture
def town(offices: Offices, client: Client) -> Client:
    client.force_login(offices.town_reviewer, backend="accounts.backends.StaffBackend")
    return client


@pytest.mark.parametrize(
    ("address", "door"),
    [
        ("/work", "/staff/login"),
        ("/case/W2026-0101", "/staff/login"),
        ("/admin-office", "/staff/login"),
        ("/my/W2026-0101", "/login"),
        ("/apply", "/login"),
    ],
)
def test_staff_and_applicants_are_asked_to_sign_in_at_doors_of_their_own(db, client: Client, address, door):
    response = client.get(address)
    assert (response.status_code, response["Location"]) == (302, f"{door}?next={address}")


def test_what_was_shown_to_somebody_signed_in_is_kept_nowhere(town: Client):
    assert town.get("/work")["Cache-Control"] == "no-store"


def test_a_public_page_may_be_kept(db, client: Client):
    assert "Cache-Control" not in client.get("/")


def test_a_page_that_says_how_long_it_keeps_is_believed(town: Client):
    assert town.get("/kept")["Cache-Control"] == "max-age=86400"


@pytest.mark.parametrize(
    ("which", "status"),
    [("late", 409), ("forbidden", 403), ("busy", 503)],
)
def test_a_refusal_becomes_a_page_that_says_what_to_do(town: Client, which, status):
    response = town.get(f"/refuse/{which}")
    assert response.status_code == status
    refusal: Refusal = REFUSALS[which]()
    if status != 503:  # whose page says it in words of its own
        assert str(refusal) in response.content.decode()
    assert response["Cache-Control"] == "no-store"


def test_a_fault_is_not_dressed_up_as_a_refusal(offices: Offices):
    unlucky = Client(raise_request_exception=False)
    unlucky.force_login(offices.town_reviewer, backend="accounts.backends.StaffBackend")
    assert unlucky.get("/refuse/unheard-of").status_code == 500


def test_pages_carry_the_headers_that_browsers_heed(db, client: Client):
    response = client.get("/")
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "'unsafe-inline'" not in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"


def test_a_form_sent_by_the_script_learns_where_to_go_on(client: Client):
    told = client.post("/go-on", headers={"X-Sent-By": "script"})
    assert (told.status_code, told["X-Go-To"], told.cookies["seen"].value) == (204, "/guide?from=here", "yes")


def test_everybody_else_is_led_there(client: Client):
    assert client.post("/go-on")["Location"] == "/guide?from=here"
    assert client.get("/go-on", headers={"X-Sent-By": "script"}).status_code == 302
    assert client.post("/guide", headers={"X-Sent-By": "script"}).status_code == 200


def test_a_page_crosses_the_line_compressed_and_never_twice_in_the_same_length(client: Client):
    def sent() -> bytes:
        response = client.get("/long?type=text/html", headers={"Accept-Encoding": "gzip"})
        assert response["Content-Encoding"] == "gzip"
        return response.content

    assert gzip.decompress(sent()).decode() == "石榴 " * 500
    assert max(len(sent()) for _visit in range(20)) < 500
    assert len({len(sent()) for _visit in range(20)}) > 1


def test_a_picture_and_a_browser_that_asks_for_none_get_it_as_it_is(client: Client):
    assert "Content-Encoding" not in client.get("/long?type=image/jpeg", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in client.get("/long?type=text/html")
