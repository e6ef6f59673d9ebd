"""Pages read aloud: what is taken, who agrees, and which one is heard."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError

from records import recordings
from records.models import Recording
from records.models.decision import Outcome
from records.models.recording import SIZE_BYTES_MAX
from records.refusals import MoveNotOpen, SamePerson
from tests.makers.people import SHANGHAI, Offices

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 9, 17, 12, 0, tzinfo=SHANGHAI)
MP3 = b"ID3\x04" + b"\x00" * 2000


def handed_in(offices: Offices, *, content: bytes = MP3, page: str = "guide", language: str = "zh-hans") -> Recording:
    return recordings.hand_in(page, content, language=language, by=offices.city_reviewer, at=NOON)


def in_use(offices: Offices, **changed: str) -> Recording:
    recording = handed_in(offices, **changed)  # type: ignore[arg-type]
    return recordings.decide(recording, outcome=Outcome.APPROVED, by=offices.city_reviewer2, at=NOON)


def test_nobody_hears_it_before_a_second_person_agreed(offices: Offices):
    recording = handed_in(offices)
    assert recordings.heard_on("guide", language="zh-hans") is None
    recordings.decide(recording, outcome=Outcome.APPROVED, by=offices.city_reviewer2, at=NOON)
    assert recordings.heard_on("guide", language="zh-hans") == recording


def test_whoever_handed_it_in_cannot_agree(offices: Offices):
    with pytest.raises(SamePerson):
        recordings.decide(handed_in(offices), outcome=Outcome.APPROVED, by=offices.city_reviewer, at=NOON)


def test_what_was_decided_stays(offices: Offices):
    recording = handed_in(offices)
    recordings.decide(recording, outcome=Outcome.REFUSED, by=offices.city_reviewer2, at=NOON)
    with pytest.raises(MoveNotOpen):
        recordings.decide(recording, outcome=Outcome.APPROVED, by=offices.leader, at=NOON + timedelta(hours=1))
    assert recordings.heard_on("guide", language="zh-hans") is None


def test_the_newest_that_was_agreed_to_is_heard(offices: Offices):
    older = in_use(offices)
    newer = handed_in(offices, content=MP3 + b"\x01")
    assert recordings.heard_on("guide", language="zh-hans") == older
    recordings.decide(newer, outcome=Outcome.APPROVED, by=offices.city_reviewer2, at=NOON)
    assert recordings.heard_on("guide", language="zh-hans") == newer


def test_each_page_and_language_has_its_own(offices: Offices):
    in_use(offices, page="guide", language="zh-hans")
    assert recordings.heard_on("guide", language="en") is None
    assert recordings.heard_on("login", language="zh-hans") is None


@pytest.mark.parametrize("content", [b"", b"\xff", b"RIFF\x00\x00\x00\x00WAVE", b"<html>", b"\x00" * 10], ids=repr)
def test_what_is_no_mp3_is_refused(offices: Offices, content):
    with pytest.raises(recordings.NotARecording):
        handed_in(offices, content=content)
    assert not Recording.objects.exists()


def test_forty_kilobytes_are_enough(offices: Offices):
    most = SIZE_BYTES_MAX
    handed_in(offices, content=b"\xff\xfb" + b"\x00" * (most - 2))
    with pytest.raises(recordings.RecordingTooBig):
        handed_in(offices, content=b"\xff\xfb" + b"\x00" * (most - 1))


def test_the_database_takes_no_bigger_one(offices: Offices):
    recording = handed_in(offices)
    with pytest.raises(IntegrityError):
        Recording.objects.create(
            page="guide",
            language="en",
            file=recording.file,
            size_bytes=SIZE_BYTES_MAX + 1,
            decision=handed_in(offices).decision,
        )
