"""How far the weeks have come, on the screen of who waits for it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import Progress

from .building import Progress as Watching
from .days import World


@contextmanager
def shown_progress() -> Iterator[Watching]:
    """Show a bar with the time left while the demonstration is made; nothing when nobody watches."""
    with Progress(console=Console(stderr=True), transient=True) as shown:

        def watch(world: World) -> Callable[[], None]:
            task, total = shown.add_task(_("Six weeks pass"), total=world.waiting), world.waiting
            done = iter(range(1, 10**9))

            def each() -> None:
                count = next(done)
                if count % 10 == 0:
                    shown.update(task, completed=count, total=max(total, count + world.waiting))

            return each

        yield watch
