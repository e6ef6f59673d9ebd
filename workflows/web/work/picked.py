"""The cases that were ticked in the list, each with the version that the list showed."""

import re
from collections.abc import Sequence
from typing import Final

from django.http import Http404, HttpRequest

from workflows.bulk import Picked
from workflows.inbox import Inbox, with_holder

PICK: Final = "pick"
_WRITTEN: Final = re.compile(r"(W[0-9-]{1,18})\.([0-9]{1,9})")


def numbers_of(request: HttpRequest) -> list[str]:
    """The numbers alone. Raises Http404 for what no list wrote."""
    return list(_versions(request))


def picked_of(request: HttpRequest, inbox: Inbox) -> Sequence[Picked]:
    """In the order of the list. Raises Http404, for all of them, where one isn't hers to see."""
    versions = _versions(request)
    cases = inbox.cases.filter(number__in=versions).with_places().select_related("applicant__business")
    found = list(with_holder(inbox.keyed(cases)).prefetch_related("pauses"))
    if len(found) != len(versions):
        raise Http404
    return [Picked(one, versions[one.number]) for one in found]


def _versions(request: HttpRequest) -> dict[str, int]:
    written = [_WRITTEN.fullmatch(one) for one in request.POST.getlist(PICK)]
    if not all(written):
        raise Http404
    return {one[1]: int(one[2]) for one in written if one}
