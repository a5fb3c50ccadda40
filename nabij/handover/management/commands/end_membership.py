from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from nabij.access.actions import end_membership
from nabij.access.actor import system_actor
from nabij.core.errors import Refused
from nabij.handover.queries import left_in_words, places_of_address


class Command(BaseCommand):
    help = "End somebody's places in teams, by e-mail address. Refuses while anything is left on the worklist, and says what and where."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--team", default="", help="only the place in the team with this name")

    def handle(self, *args: Any, **options: Any) -> None:
        at = timezone.now()
        places = places_of_address(email=options["email"], team=options["team"])
        left = [line for place in places for line in left_in_words(membership=place, on=timezone.localdate(at))]
        if not places or left:
            raise CommandError("\n".join(left) or "Nobody with this address has a place that runs.")
        for place in places:
            try:
                end_membership(actor=system_actor(at=at), at=at, membership=place)
            except Refused as refused:
                raise CommandError(refused.message) from refused
            self.stdout.write(f"{place.worker.name}: {place.team.name}")
