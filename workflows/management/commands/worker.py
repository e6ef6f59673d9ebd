"""manage.py worker: puts the tasks on their timetable, then works until it is stopped."""

from django.core.management import call_command
from django.core.management.base import BaseCommand

from workflows import schedules


class Command(BaseCommand):
    help = "Deliver messages, watch clocks, let time pass. As many may run as you like."

    def handle(self, *args: object, **options: object) -> None:
        schedules.set_up()
        call_command("qcluster")
