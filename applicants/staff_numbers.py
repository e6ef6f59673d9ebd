"""The numbers of people who work here: no link for a woman goes to their phones, and no relative's case to them.

Her own mobile and ID number are kept as blind indexes only; the office phone stands in `User.phone`, and is often a
mobile in a village.
"""

from accounts.models import User
from accounts.models.user import UserKind
from applicants.identity import NotValid, ResidentId, read_mobile
from applicants.profiles import id_index
from applicants.sign_in import mobile_index


def note_numbers(user: User, *, id_no: ResidentId | None, mobile: str) -> None:
    """Keep what was told; an empty one leaves what is known as it is."""
    assert user.kind == UserKind.STAFF, "an applicant's numbers stand in Applicant"
    if id_no is not None:
        user.id_index = id_index(id_no.text)
    if mobile:
        user.mobile_index = mobile_index(mobile)
    user.save(update_fields=["id_index", "mobile_index"])


def is_of_staff(mobile: str) -> bool:
    """Whether somebody who works here, or did, is reached by it: as her own mobile, or as her office's phone."""
    staff = User.objects.filter(kind=UserKind.STAFF)
    if staff.filter(mobile_index=mobile_index(mobile)).exists():
        return True
    phones = staff.exclude(phone="").values_list("phone", flat=True).distinct()
    return any(_as_mobile(phone) == mobile for phone in phones)


def _as_mobile(phone: str) -> str:
    try:
        return read_mobile(phone)
    except NotValid:
        return ""
