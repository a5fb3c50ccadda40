"""How much of everything belongs to a number of residents."""

from dataclasses import dataclass

YEARS = 3  # how far back the history reaches


@dataclass(frozen=True)
class Sizes:
    """Numbers for a region. At 100,000 residents: 500 workers, a million contacts, 100,000 open commitments, ten million audit entries."""

    residents: int

    @property
    def teams(self) -> int:
        return max(1, self.residents // 2500)

    @property
    def municipalities(self) -> int:
        return max(1, self.teams // 10)

    @property
    def workers(self) -> int:
        return max(4 * self.teams, self.residents // 200)

    @property
    def contacts(self) -> int:
        return 10 * self.residents

    @property
    def open_work(self) -> int:
        return self.residents

    @property
    def entries(self) -> int:
        return 100 * self.residents
