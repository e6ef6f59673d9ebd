from records.models.audit import Access, AuditEntry
from records.models.decision import Decision
from records.models.idempotency import IdempotencyKey
from records.models.machine import Machine, Transition
from records.models.notice import Notice
from records.models.number import NumberSeries
from records.models.paper import IssuedPaper, PrintedPaper, VoidedPaper
from records.models.permanent import Permanent
from records.models.recording import Recording
from records.models.stored_file import StoredFile

__all__ = [
    "Access",
    "AuditEntry",
    "Decision",
    "IdempotencyKey",
    "IssuedPaper",
    "Machine",
    "Notice",
    "NumberSeries",
    "Permanent",
    "PrintedPaper",
    "Recording",
    "StoredFile",
    "Transition",
    "VoidedPaper",
]
