"""The machine: people, work and time together, with every promise looked at after every step."""

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from nabij.access.actor import system_actor
from nabij.access.models import Worker
from nabij.audit.actions import seal_entries
from nabij.audit.queries import verify
from nabij.residents import actions as residents
from nabij.upkeep.sweep import hand_on_duty, sweep

from . import opening, promises
from .around import Around
from .laws import Laws
from .passing import Passing
from .people import People
from .planning import Planning
from .playing import DONE, OPENED
from .work import Work


class RandomDays(People, Work, Passing, Planning, Laws, Around):
    """Random days. Jobs run in time, late, twice, or not at all."""

    @initialize(order=st.permutations(["task", "taken", "decided", "visit", "night", "leaves"]))
    def a_week_of_work_lies_there(self, order) -> None:
        """Two residents with a case, a third in another organisation, two signals that nobody has taken up: so that every rule has something to do.

        Then what a team does every day, once each and in any order: how far chance comes in a short game decides about the rest, not about this.
        """
        before = DONE.copy()
        for number, team in enumerate(("Gors", "Gors", "Buurtwelzijn")):
            self.a_resident_is_written_down(who=number, team=[*self.town.teams].index(team), known=True, restricted=False)
        for number in (1, 2):
            self.a_case_is_opened(who=number, dossier=number - 1, signal=None, twice=False)
            self.a_plan_grows(case=number - 1, who=number, rung=2, own_date=False, volunteer=0)
        for _worry in range(2):
            self.a_neighbour_worries(unsafe=False, child=False, twice=False)
        for what in order:
            self._of_every_day(what)
        OPENED.update(DONE - before)

    def _of_every_day(self, what: str) -> None:
        everyday = {
            "task": lambda: self.a_task_is_noted(who=1, dossier=None, to=1, days=3),
            "taken": lambda: self.what_nobody_took_is_taken(which=0, who=1),
            "decided": lambda: self.a_signal_is_decided(signal=1, who=2, kind="answer", to=0, days=1, twice=False),
            "visit": lambda: self.somebody_calls_or_visits(who=1, dossier=0, reached=True, which=None, ago=1, twice=False),
            "night": lambda: self.a_job_runs(job="sweep"),
            "leaves": lambda: self.who_owns_nothing_leaves(who=0),
        }
        everyday[what]()

    @rule(hours=st.integers(1, 12))
    def hours_pass(self, hours) -> None:
        self.at = self.later(hours=hours)

    @rule(days=st.integers(1, 20))
    def days_pass(self, days) -> None:
        self.at = self.later(days=days)

    @rule(job=st.sampled_from(["duty", "sweep", "seal", "searched"]))
    def a_job_runs(self, job) -> None:
        DONE[f"job: {job}"] += 1
        {"duty": self.the_duty_changes, "sweep": self.the_night_comes, "seal": self.the_record_is_sealed, "searched": self.who_was_searched_for_hears}[job]()

    def the_duty_changes(self) -> None:
        hand_on_duty(at=self.at)

    def the_night_comes(self) -> None:
        """After a sweep nothing is lost, and a second one has nothing left to repair."""
        sweep(at=self.at)
        lost = promises.lost(self.at)
        assert lost == [], lost
        again = {finding.code: finding.repaired for finding in sweep(at=self.at) if finding.repaired}
        assert again == {}, again

    def the_record_is_sealed(self) -> None:
        seal_entries(at=self.at)
        assert verify().broken in {"", None}

    def who_was_searched_for_hears(self) -> None:
        residents.tell_searched(actor=system_actor(at=self.at), at=self.at)

    @invariant()
    def every_promise_holds(self) -> None:
        """These look at what is written, not at the clock: after a step in which nothing was written there is nothing new to see."""
        if (written := sum(DONE.values())) == self.looked_at:
            return
        self.looked_at = written
        broken = {promise.__name__: found for promise in promises.PROMISES if (found := promise())}
        assert broken == {}, broken

    @invariant()
    def nobody_sees_more_or_less_than_they_may(self) -> None:
        """Two colleagues a step, each in turn."""
        self.steps += 1
        workers, rows = list(Worker.objects.order_by("pk")), opening.read()
        for shift in (0, len(workers) // 2):
            worker = workers[(self.steps + shift) % len(workers)]
            wrong = opening.wrongly_open_or_closed(worker, rows, self.at)
            assert wrong == [], (worker.name, wrong)
