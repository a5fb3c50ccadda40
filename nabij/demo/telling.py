"""The words of the demonstration: a story per resident, sentences with the right he or she."""

from random import Random
from typing import Any

from .people import Person, data

Story = dict[str, Any]
RUNGS = ("own_strength", "own_network", "informal_help", "general_service", "individual_provision")


class Teller:
    """Draws stories and sentences; the same sentence is not told again before all its sisters were."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.stories: list[Story] = data("stories")["story"]
        self.general: dict[str, Any] = data("general")
        self._left: dict[int, list[Any]] = {}

    def story(self) -> Story:
        """Draw what is going on with somebody."""
        return self.rng.choices(self.stories, [story["weight"] for story in self.stories])[0]

    def draw(self, lines: list[Any]) -> Any:
        """Draw one of these lines, each once before one comes again."""
        left = self._left.setdefault(id(lines), [])
        if not left:
            left.extend(self.rng.sample(lines, len(lines)))
        return left.pop()

    def say(self, lines: list[str], person: Person, **more: str) -> str:
        """Draw a sentence and fill in who it is about."""
        return str(self.draw(lines)).format(**person.words, **more)

    def any(self, name: str, person: Person) -> str:
        """Draw one of the sentences that fit with every story."""
        return self.say(self.general[name], person)

    def pause(self, person: Person) -> dict[str, str]:
        """Draw why nothing happens for now, agreed with whom, and what would make us come sooner."""
        parts = [part.format(**person.words) for part in self.draw(self.general["paused"])]
        return dict(zip(("reason", "agreed_with", "sooner_if"), parts, strict=True))

    def activities(self, story: Story, person: Person) -> list[tuple[int, str, str]]:
        """Draw what is done on two or three rungs: rung, what, who does it."""
        rungs = self.rng.sample(range(5), self.rng.choice([2, 2, 3]))
        found = []
        for rung in sorted(rungs):
            what, _, who = self.say(story[RUNGS[rung]], person).partition(" | ")
            found.append((rung + 1, what, who))
        return found
