"""录音: handed in, listened to, agreed to; and then heard on the page."""

from http import HTTPStatus

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from records.models import Recording
from tests.makers.people import Offices
from tests.makers.programme import a_programme

pytestmark = pytest.mark.django_db

MP3 = b"ID3\x04" + bytes(range(256)) * 4


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def hand_in(client: Client, content: bytes = MP3, **changed: str):
    sent = {"page": "guide", "language": "zh-hans", "file": SimpleUploadedFile("guide.mp3", content, "audio/mpeg")}
    return client.post("/recordings", sent | changed)


@pytest.fixture
def agreed(offices: Offices) -> Recording:
    hand_in(signed_in(offices.city_reviewer))
    recording = Recording.objects.get()
    signed_in(offices.city_reviewer2).post(f"/recordings/{recording.pk}", {"outcome": "approved"})
    return recording


def test_a_page_offers_its_recording_also_without_script(offices: Offices, agreed: Recording, client: Client):
    a_programme(offices)
    page = client.get("/guide").content.decode()
    assert f'<audio controls preload="none" src="/listen/{agreed.pk}"' in page
    assert "<audio" not in client.get("/guide", {"lang": "en"}).content.decode()


def test_a_page_without_a_recording_shows_nothing_before_a_voice_is_found(offices: Offices, client: Client):
    a_programme(offices)
    page = client.get("/guide").content.decode()
    assert '<div class="listen" data-listen hidden>' in page
    assert "<audio" not in page


def test_anybody_hears_what_was_agreed_to(agreed: Recording, client: Client):
    response = client.get(f"/listen/{agreed.pk}")
    assert (response.status_code, response["Content-Type"], response.content) == (200, "audio/mpeg", MP3)
    assert "immutable" in response["Cache-Control"]


@pytest.mark.parametrize(
    ("asked", "status", "content"),
    [
        ("bytes=0-1", 206, MP3[:2]),
        ("bytes=4-", 206, MP3[4:]),
        ("bytes=0-999999", 206, MP3),
        ("bytes=999999-", 200, MP3),
        ("bytes=-5", 200, MP3),
        ("lines=1-2", 200, MP3),
    ],
)
def test_a_phone_may_ask_for_a_part(agreed: Recording, client: Client, asked, status, content):
    response = client.get(f"/listen/{agreed.pk}", headers={"Range": asked})
    assert (response.status_code, response.content) == (status, content)


def test_the_policy_of_every_page_allows_sound_of_our_own_only(client: Client):
    assert "media-src 'self'" in client.get("/login")["Content-Security-Policy"]


def test_what_nobody_agreed_to_is_heard_by_those_who_may_agree(offices: Offices, client: Client):
    hand_in(signed_in(offices.city_reviewer))
    recording = Recording.objects.get()
    assert client.get(f"/listen/{recording.pk}").status_code == HTTPStatus.NOT_FOUND
    assert signed_in(offices.town_reviewer).get(f"/listen/{recording.pk}").status_code == HTTPStatus.NOT_FOUND
    response = signed_in(offices.city_reviewer2).get(f"/listen/{recording.pk}")
    assert (response.status_code, response["Cache-Control"]) == (200, "no-store")


def test_whoever_handed_it_in_waits_for_a_colleague(offices: Offices):
    hers = signed_in(offices.city_reviewer)
    hand_in(hers)
    recording = Recording.objects.get()
    assert "等另一位同事听" in hers.get("/recordings").content.decode()
    hers.post(f"/recordings/{recording.pk}", {"outcome": "approved"})
    recording.decision.refresh_from_db()
    assert recording.decision.is_open


def test_a_colleague_may_refuse(offices: Offices, client: Client):
    hand_in(signed_in(offices.city_reviewer))
    recording = Recording.objects.get()
    page = signed_in(offices.city_reviewer2).post(f"/recordings/{recording.pk}", {"outcome": "refused"}, follow=True)
    assert "没同意，不会放给大家听" in page.content.decode()
    assert client.get(f"/listen/{recording.pk}").status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"RIFF....WAVE", "要 MP3 录音"),
        (b"ID3" + b"\x00" * 41_000, "录音要小于 40 KB"),
        (b"", "选一个 MP3 录音"),
    ],
    ids=["no mp3", "too big", "empty"],
)
def test_what_cannot_be_used_is_refused_in_words(offices: Offices, content, words):
    response = hand_in(signed_in(offices.city_reviewer), content)
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert response.content.decode().count(words) == 2
    assert not Recording.objects.exists()


@pytest.mark.parametrize("who", ["town_reviewer", "helper", "bank_officer", "auditor"])
def test_recordings_are_the_citys_business(offices: Offices, who):
    client = signed_in(getattr(offices, who))
    assert client.get("/recordings").status_code == HTTPStatus.FORBIDDEN
    assert hand_in(client).status_code == HTTPStatus.FORBIDDEN
    assert not Recording.objects.exists()


def test_the_list_is_drawn_with_the_same_queries_however_long(offices: Offices, django_assert_max_num_queries):
    client = signed_in(offices.city_reviewer)
    for number in range(5):
        hand_in(client, MP3 + bytes([number]))
    with django_assert_max_num_queries(6):
        client.get("/recordings")
