from dataclasses import dataclass
from typing import Any, Final, Literal

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from applicants.models.document import DocumentKind

register = template.Library()


@dataclass(frozen=True)
class Sample:
    """What a photograph of a paper should show, and how it goes wrong most often."""

    good: Promise | str
    bad: Promise | str
    fault: Literal["glare", "cut", "dark"]


CORNERS, GLARE = _("四个角都在"), _("歪了、反光")
SAMPLES: Final = {
    DocumentKind.ID_FRONT: Sample(CORNERS, GLARE, "glare"),
    DocumentKind.ID_BACK: Sample(CORNERS, GLARE, "glare"),
    DocumentKind.HOUSEHOLD_FIRST: Sample(_("整页平放"), _("少了半边"), "cut"),
    DocumentKind.HOUSEHOLD_SELF: Sample(_("整页平放"), _("少了半边"), "cut"),
    DocumentKind.LICENCE: Sample(_("字看得清"), GLARE, "glare"),
    DocumentKind.CONTRACT: Sample(_("签名在里面"), _("签名没拍到"), "cut"),
    DocumentKind.VILLAGE_CERTIFICATE: Sample(_("章在里面"), _("章没拍到"), "cut"),
    DocumentKind.SITE: Sample(_("白天，站远点"), _("太暗，看不清"), "dark"),
    DocumentKind.SPOUSE_ID: Sample(CORNERS, GLARE, "glare"),
    DocumentKind.MARRIAGE: Sample(_("整页平放"), _("少了半边"), "cut"),
    DocumentKind.OTHER: Sample(CORNERS, _("少了半边"), "cut"),
}


@register.inclusion_tag("workflows/apply/sample.html")
def paper_sample(kind: DocumentKind) -> dict[str, Any]:
    """How this paper looks in a good photograph, and in a bad one."""
    sample = SAMPLES[kind]
    return {"kind": kind, "good": sample.good, "bad": sample.bad, "fault": sample.fault}
