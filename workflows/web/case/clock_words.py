"""Why the clock stands still, in the few words of a tag."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from records.clock import Reading
from workflows.models.pause import PauseReason

WORDS: Final[Mapping[str, Promise | str]] = {
    PauseReason.PAPERS: _("等补材料"),
    PauseReason.TERMS: _("等确认条件"),
    PauseReason.SIGNING: _("等签约"),
    PauseReason.PUBLICITY: _("公示"),
    PauseReason.FROZEN: _("等核实"),
    PauseReason.OUTSIDE_CHECK: _("外部核查"),
    PauseReason.FORCE_MAJEURE: _("不可抗力"),
}


def pause_words(promise: Reading | None) -> str:
    """「等补材料」; "" while the clock runs."""
    return str(WORDS[promise.pause_reason]) if promise and promise.pause_reason else ""
