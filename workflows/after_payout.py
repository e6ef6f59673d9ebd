"""After the money: whether it came and who uses it, and what she thought of it all. Nothing here moves the case."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from records import outbox
from records.refusals import FieldError, Invalid, MoveNotOpen, NotPermitted
from workflows import matters
from workflows.audience import heads_of
from workflows.deadlines import office_of
from workflows.matter_kinds import MatterKind
from workflows.models import Application, PayoutReply, Rating
from workflows.models.after_payout import Arrival, Stars
from workflows.refusals import RatedAlready
from workflows.states import State

RATED_IN = (State.DISBURSED, State.DECLINED)
LONGEST = 200


@transaction.atomic
def say_arrived(application: Application, *, outcome: Arrival, words: str, by: User, at: datetime) -> PayoutReply:
    """She says whether the money came and whether she uses it herself.

    A no freezes nothing: the money is out. It alerts city and bank at once and stays on their desks until somebody has
    answered. Raises MoveNotOpen, NotPermitted, Invalid.
    """
    case = _opened_by_her(application, by=by)
    if case.state != State.DISBURSED:
        raise MoveNotOpen("say_arrived", case.state)
    reply = PayoutReply.objects.create(application=case, outcome=outcome, said_by=by, said_at=at)
    waits = case.matters.open().filter(kind=MatterKind.DOUBT).exists()
    if outcome != Arrival.MINE and not waits:
        with override("zh-hans"):  # the offices read it, whatever language she reads her page in
            told = f"她说：{Arrival(outcome).label}。{words.strip()}"
        matters.put(case, MatterKind.DOUBT, words=told, by=by, at=at)
    return reply


@transaction.atomic
def rate(application: Application, *, stars: int, words: str, by: User, at: datetime) -> Rating:
    """She rates how her case was handled; the heads of the city hear of it when it wasn't well.

    Raises MoveNotOpen, NotPermitted, RatedAlready, Invalid.
    """
    case = _opened_by_her(application, by=by)
    if case.state not in RATED_IN:
        raise MoveNotOpen("rate", case.state)
    if stars not in Stars.values:
        raise Invalid(FieldError("stars", "unknown_rating", _("选一个，说说办得怎么样")))
    if len(words.strip()) > LONGEST:
        raise Invalid(FieldError("words", "words_length", _("最多写 200 个字"), limits={"max": LONGEST}))
    try:
        with transaction.atomic():
            rating = Rating.objects.create(application=case, stars=stars, words=words.strip(), rated_by=by, rated_at=at)
    except IntegrityError as error:
        if not Rating.objects.filter(application=case).exists():
            raise
        raise RatedAlready from error
    if rating.stars <= Stars.BAD:
        _tell_heads(rating, at=at)
    return rating


def _opened_by_her(application: Application, *, by: User) -> Application:
    """Nobody says this for her. Raises NotPermitted."""
    case = matters.opened(application, by=by)
    if case.applicant.user_id != by.pk:
        raise NotPermitted
    return case


def _tell_heads(rating: Rating, *, at: datetime) -> None:
    case = rating.application
    text = _("%(number)s 评价“%(stars)s”，问问她哪里没办好。") % {
        "number": case.number,
        "stars": rating.get_stars_display(),
    }
    for head in heads_of(office_of(case.city)):
        once = f"rating:{rating.pk}:{head.pk}"
        outbox.inbox_message(head, kind="bad_rating", text=text, about=case.number, once=once, at=at)
