"""Several processes that do the same thing at the same moment, on the PostgreSQL database of the test.

Threads would do for the database, but not for what a process keeps to itself; and two servers are two processes.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any, TypeVar

Argument = TypeVar("Argument")
Result = TypeVar("Result")


def at_once(act: Callable[[Argument], Result], arguments: Sequence[Argument]) -> list[Result]:
    """Call `act`, a function at the top of a module, once for each argument, each call in a process of its own.

    All begin together. The results come in the order of the arguments; what a call raises is raised here. The test
    must commit what the processes are to see: `@pytest.mark.django_db(transaction=True)`.
    """
    from django.db import connection

    assert connection.vendor == "postgresql", "SQLite has one writer: there is no race to run"
    spawn = get_context("spawn")
    barrier = spawn.Barrier(len(arguments))
    with ProcessPoolExecutor(
        max_workers=len(arguments),
        mp_context=spawn,
        initializer=_begin,
        initargs=(connection.settings_dict["NAME"], barrier),
    ) as processes:
        return list(processes.map(_Together(act), arguments))


_barrier: Any = None


class _Together:
    """Waits at the barrier before it acts. A class, because it must be pickled."""

    def __init__(self, act: Callable[[Any], Any]) -> None:
        self.module, self.name = act.__module__, act.__qualname__

    def __call__(self, argument: Any) -> Any:
        from importlib import import_module

        act = getattr(import_module(self.module), self.name)
        _barrier.wait(timeout=60)
        return act(argument)


def _begin(database: str, barrier: Any) -> None:
    global _barrier  # noqa: PLW0603 - one for each process, set before its only task
    _barrier = barrier
    import django

    django.setup()
    from django.db import connection

    connection.settings_dict["NAME"] = database
