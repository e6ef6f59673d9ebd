"""Expected trouble has a name, an HTTP status, and words in both languages: pages show them, the API maps them."""

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override


class CanAct(NamedTuple):
    """An office where somebody may do what was refused, and who there."""

    office: str
    people: tuple[str, ...]


class Refusal(Exception):
    """Something was asked that can't be done. Nothing was written; the message says what to do."""

    code = "refused"
    status = 409
    message = _("这一步现在办不了。")
    # Who may do it instead, where whoever knows the subject has looked; an empty list says nobody.
    who_can: Sequence[CanAct] | None = None

    def __str__(self) -> str:
        return str(self.message)

    @property
    def words(self) -> dict[str, str]:
        """The message in both languages, for the API."""
        with override("zh-hans"):
            chinese = str(self)
        with override("en"):
            english = str(self)
        return {"code": self.code, "message": chinese, "message_en": english}


class MoveNotOpen(Refusal):
    """The move doesn't lead out of the state that the subject is in now."""

    code = "move_not_open"
    message = _("这件现在不在这一步了，刷新看看走到哪里。")

    def __init__(self, move: str = "", state: str = "") -> None:
        super().__init__(move, state)
        self.move, self.state = move, state


class Stale(Refusal):
    """Somebody moved the subject after the page was shown."""

    code = "stale"
    message = _("这件刚被改过。您写的还在，核对后再交。")

    def __init__(self, current: int = 0) -> None:
        super().__init__(current)
        self.current = current


class NotPermitted(Refusal):
    """The person's roles don't allow this, here."""

    code = "not_permitted"
    status = 403
    message = _("您的岗位办不了这一步。")


class SamePerson(Refusal):
    """A two-person act was to be decided by the person who proposed it."""

    code = "same_person"
    status = 403
    message = _("这是您提交的，要由另一个人复核。")


class Busy(Refusal):
    """The database was busy with others three times in a row."""

    code = "busy"
    status = 503
    message = _("现在办的人多，等几秒再点一次。")


class InFlight(Refusal):
    """The same request, under the same key, is being worked on this very moment."""

    code = "in_flight"
    message = _("这一笔正在办，等几秒再看结果。")


class KeyReused(Refusal):
    """The idempotency key was used for another request."""

    code = "idempotency_key_reused"
    status = 422
    message = _("这个幂等键已经用在另一笔请求上，换一个键。")


class KeyMissing(Refusal):
    """Requests that move money say under which idempotency key."""

    code = "idempotency_key_required"
    status = 400
    message = _("这一笔要带 Idempotency-Key。")


class Invalid(Refusal):
    """What was given breaks a rule. `errors` names each field, so that a form can show it beside the field."""

    code = "invalid"
    status = 400
    message = _("有几处要改一下。")

    def __init__(self, *errors: "FieldError") -> None:
        super().__init__(*errors)
        self.errors = errors

    def __str__(self) -> str:
        return "".join(str(error.message) for error in self.errors) or str(self.message)


class FieldError:
    """One wrong field: its key, a code, words, and the limits that hold."""

    def __init__(self, field: str, code: str, message: object, *, limits: dict[str, object] | None = None) -> None:
        self.field, self.code, self.message, self.limits = field, code, message, limits
