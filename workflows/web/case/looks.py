"""Who looked at what of hers, for the federation: the same rows that she reads herself."""

from dataclasses import dataclass
from typing import Final

from accounts.web.parts import Entry
from workflows.models import Application
from workflows.web.my.access import in_words, who_looked

SHOWN: Final = 20


@dataclass(frozen=True)
class Looks:
    """The newest looks; `has_more` where there were others before."""

    entries: list[Entry]
    has_more: bool


def looks_at(application: Application) -> Looks:
    rows = list(application.applicant.accesses.select_related("by").order_by("-pk")[: SHOWN + 1])
    entries = [Entry(one.at, in_words(one.what), who_looked(one.by.name, one.acting_for)) for one in rows[:SHOWN]]
    return Looks(entries, has_more=len(rows) > SHOWN)
