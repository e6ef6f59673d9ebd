"""A fixed loop of plain Python. How long it takes says how fast the machine is just now, so a figure given as a
multiple of it can be compared between machines, and between a quiet and a busy hour of one.
"""

from time import process_time

ROUNDS = 200_000


def floor_seconds() -> float:
    """CPU seconds of the loop."""
    began = process_time()
    value = 0
    for step in range(ROUNDS):
        value = (value * 3 + step) % 1_000_003
    return process_time() - began
