from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from nabij.access.actor import system_actor
from nabij.administration.actions import add_organisation, found_municipality
from nabij.administration.invitation import password_link
from nabij.core.errors import Refused


class Command(BaseCommand):
    help = "Begin with a municipality and its first functional administrator, or add a welfare organisation. Prints the link to choose a password."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", help="code of the municipality: GM and four figures (CBS)")
        parser.add_argument("--municipality", default="", help="its name; with it, it is made")
        parser.add_argument("--administrator", default="", help="name of the first functional administrator")
        parser.add_argument("--email", default="", help="address with which the administrator logs in")
        parser.add_argument("--bsn", action="store_true", help="its own organisation may process citizen service numbers")
        parser.add_argument("--welfare", action="append", default=[], help="a welfare organisation that works there; may be given again")

    def handle(self, *args: Any, **options: Any) -> None:
        at, code = timezone.now(), options["code"].upper()
        try:
            if options["municipality"] or not options["welfare"]:
                self.found(at, code, options)
            for name in options["welfare"]:
                add_organisation(actor=system_actor(at=at), at=at, code=code, name=name)
        except Refused as refused:
            raise CommandError(refused.message) from refused

    def found(self, at: Any, code: str, options: dict[str, Any]) -> None:
        facts = {"name": options["municipality"], "worker_name": options["administrator"], "email": options["email"], "bsn": options["bsn"]}
        place = found_municipality(actor=system_actor(at=at), at=at, code=code, **facts)
        if not place.worker.has_usable_password():
            self.stdout.write(_("Choose a password within three days: %(link)s") % {"link": password_link(place.worker)})
