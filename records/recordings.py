"""Pages read aloud: one person hands the recording in, another listens and agrees, then it is heard by everybody."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from records import decisions
from records.models import Recording
from records.models.decision import Outcome
from records.models.recording import SIZE_BYTES_MAX
from records.refusals import Refusal
from records.stored_files import store

CONTENT_TYPE: Final = "audio/mpeg"
# An MP3 begins with a tag, or at once with a frame: eleven bits that are set.
_TAG, _SYNC = b"ID3", 0xFFE0

# Pages that can be listened to, by the name under which they ask for their recording.
PAGES: Final[Mapping[str, Promise | str]] = {
    "guide": _("办事指南"),
    "check-home": _("自查第 1 题：户口或者家"),
    "check-born": _("自查第 2 题：哪年哪月生"),
    "check-payroll": _("自查第 3 题：财政工资"),
    "check-loans": _("自查第 4 题：有哪些贷款"),
    "check-project": _("自查第 5 题：想做什么"),
    "check-overdue": _("自查第 6 题：还不上的贷款"),
    "check-amount": _("自查第 7 题：想贷多少"),
    "login": _("登录"),
    "consent": _("同意书"),
    "confirm": _("本人确认"),
}


class NotARecording(Refusal):
    """The file is no MP3."""

    code = "not_a_recording"
    status = 422
    message = _("要 MP3 录音，别的格式手机不一定放得出来。")


class RecordingTooBig(Refusal):
    """More than a slow network should carry."""

    code = "recording_too_big"
    status = 422
    message = _("录音要小于 40 KB：说短一点，或用 16 kbps 单声道存。")


def hand_in(page: str, content: bytes, *, language: str, by: User, at: datetime) -> Recording:
    """Keep the recording until a second person has heard it. Raises NotARecording or RecordingTooBig."""
    assert page in PAGES
    if len(content) > SIZE_BYTES_MAX:
        raise RecordingTooBig
    if not _is_mp3(content):
        raise NotARecording
    summary = f"{PAGES[page]} · {language}"
    return Recording.objects.create(
        page=page,
        language=language,
        file=store(content, content_type=CONTENT_TYPE, by=by, at=at),
        size_bytes=len(content),
        decision=decisions.propose("recording", summary=summary, by=by, at=at),
    )


def decide(recording: Recording, *, outcome: Outcome, by: User, at: datetime) -> Recording:
    """The second person's word. Raises SamePerson or MoveNotOpen."""
    decisions.decide(recording.decision, outcome=outcome, by=by, at=at)
    return Recording.objects.select_related("decision").get(pk=recording.pk)


def heard_on(page: str, *, language: str) -> Recording | None:
    """The recording of the page that is in use: the newest that was agreed to."""
    return Recording.objects.approved().filter(page=page, language=language).order_by("-pk").first()


def _is_mp3(content: bytes) -> bool:
    begins_with_frame = len(content) > 1 and int.from_bytes(content[:2]) & _SYNC == _SYNC
    return content.startswith(_TAG) or begins_with_frame
