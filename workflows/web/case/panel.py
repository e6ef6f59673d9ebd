"""The form beside the case: one thing to do, with what it was refused for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

from workflows.web.forms.moves import MoveForm
from workflows.web.moves.acts import FIELDS
from workflows.web.refused import Refused


@dataclass(frozen=True)
class Panel:
    """`url` is where the form goes, `label` what its button says; `words` are what else its template needs."""

    title: Promise | str
    url: str
    form: MoveForm
    label: Promise | str
    hint: Promise | str = ""
    template: str = FIELDS
    is_no: bool = False
    refused: Refused | None = None
    words: Mapping[str, Any] = field(default_factory=dict)
