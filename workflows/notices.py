"""Word to her: what a move means, by whom the case is handled now and until when. Written with the move, sent after it."""

from datetime import datetime

from workflows.models import Application


def tell_her(application: Application, *, move: str, at: datetime) -> None:
    """Owe her the SMS that belongs to the move, where one does."""
