from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands.migrate import Command as Migrate
from django.db import connections

from nabij.core import triggers


class Command(Migrate):
    help = Migrate.help + " Takes Nabij's triggers away first and puts them back afterwards, also when a migration fails."

    def get_check_kwargs(self, options: Any) -> dict[str, Any]:
        return {}  # not the database's own checks: putting the triggers right is what this command does

    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        triggers.take_away(connection)
        try:
            super().handle(*args, **options)
        finally:
            triggers.put_in_place(connection)
            if connection.vendor == "sqlite":
                connection.forget_samples()  # type: ignore[attr-defined]
        if lost := triggers.missing(connection):
            raise CommandError("triggers are not in place: " + ", ".join(lost))
