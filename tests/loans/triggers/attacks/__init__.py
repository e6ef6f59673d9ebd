"""Things that nobody may do, tried past all of our code: by SQL, or by inserting rows directly.

Each attack names the code with which the database refuses it. They are run as they are, and once more after every
table of the app was altered: on SQLite an altered table loses its triggers.
"""

from tests.loans.triggers.attacks import (
    books,
    changes,
    claims,
    loans,
    mutual_help,
    payouts,
    people,
    pool,
    repayment_files,
)
from tests.loans.triggers.attacks.scene import ATTACKS, Scene, a_scene

__all__ = [
    "ATTACKS",
    "Scene",
    "a_scene",
    "books",
    "changes",
    "claims",
    "loans",
    "mutual_help",
    "payouts",
    "people",
    "pool",
    "repayment_files",
]
