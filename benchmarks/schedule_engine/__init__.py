"""Schedules a second, ours beside what is on PyPI. race.py has the rules, the other modules are the runners."""
