"""The tutorial is followed word for word: its commands are run, its bold words are pressed, filled in and looked for."""

import importlib.util
import re
import shlex
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from nabij.commitments.models import Kind, Pause
from tests.house.source import ROOT
from tests.support.steps import Reader, Unreadable, commands_of, steps_of

TUTORIAL = ROOT / "docs/tutorial"
PAGES = {"nl": TUTORIAL / "eerste-signaal.md", "en": TUTORIAL / "first-signal.md"}
START = ["python3", "start.py"]
NABIJ = [".venv/bin/python", "-m", "nabij"]
WEEKS = timedelta(weeks=3)


def run(command: str) -> str:
    """Run what a line of the tutorial says, as far as a test can: `start.py` reads its words, Nabij's own commands are done."""
    words = shlex.split(command)
    if words[:2] == START:
        spec = importlib.util.spec_from_file_location("start", ROOT / "start.py")
        start = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(start)
        assert start.arguments(words[2:])[0].what == "serve"
        return ""
    assert words[:3] == NABIJ, command
    said = StringIO()
    call_command(*words[3:], stdout=said)
    return said.getvalue()


def slots(told: str) -> dict[str, str]:
    """Return what stands between backticks in the steps, from what the commands told: a worker's log-in, and a day."""
    mail = re.search(r"Wijkteammedewerker.*?(\S+@\S+)", told)[1]
    password, day = told.split()[-1], (timezone.localdate() + WEEKS).isoformat()
    dutch = {"het e-mailadres": mail, "het wachtwoord": password, "de datum over drie weken": day}
    return dutch | {"the e-mail address": mail, "the password": password, "the date three weeks from now": day}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", list(PAGES))
def test_the_tutorial_can_be_followed_word_for_word(language, page, settings) -> None:
    settings.DEMO = True
    call_command("demo", "--size", "20", stdout=StringIO())
    told = "".join(run(command) for command in commands_of(PAGES[language]))
    pauses = set(Pause.objects.values_list("pk", flat=True))

    done = Reader(page, slots(told)).follow(PAGES[language])

    assert done > 50
    pause = Pause.objects.exclude(pk__in=pauses).select_related("commitment").get()
    assert (pause.look_again_on, pause.commitment.kind) == (timezone.localdate() + WEEKS, Kind.CASE)


def test_both_languages_tell_the_same_story() -> None:
    stories = [
        [step.verb for step in steps_of(path) if step.said not in {"Click **English**"}] for path in PAGES.values()
    ]
    assert stories[0] == stories[1]


def test_the_line_it_promises_is_said() -> None:
    promise = re.compile(r"`(Nabij is ready at) (http://127\.0\.0\.1:(\d+))`")
    start = (ROOT / "start.py").read_text(encoding="utf-8")
    for path in PAGES.values():
        words, _address, port = promise.search(path.read_text(encoding="utf-8")).groups()
        assert f'say(f"{words} {{address}}' in start
        assert f'"--port", type=int, default={port}' in start


def test_the_rules_can_fail(tmp_path: Path) -> None:
    tutorial = tmp_path / "page.md"
    tutorial.write_text("Klik op **Snel vastleggen**.\n```\nls\n```\nDraai aan **de knop**.\n", encoding="utf-8")
    assert commands_of(tutorial) == ["ls"]
    with pytest.raises(Unreadable, match=r"page\.md:5: .*de knop"):
        steps_of(tutorial)


@pytest.mark.django_db(transaction=True)
def test_a_button_that_is_not_there_is_named_with_its_line(page, tmp_path: Path) -> None:
    tutorial = tmp_path / "page.md"
    tutorial.write_text(
        "# Zorgen\n\nGa naar <http://127.0.0.1:8000/zorgen>. Klik op **Deze knop bestaat niet**.\n", encoding="utf-8"
    )
    with pytest.raises(AssertionError, match=r"page\.md:3: 'Klik op \*\*Deze knop bestaat niet\*\*'"):
        Reader(page, {}).follow(tutorial)
