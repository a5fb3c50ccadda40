"""Worries come in, are taken up, become plans, rest and end."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule

from nabij.access.actor import public_actor
from nabij.access.models import Dossier, Role, Team
from nabij.casework import actions as casework
from nabij.casework.models import Activity, Case, Goal
from nabij.commitments import actions as commitments
from nabij.commitments.models import Commitment, Task
from nabij.contacts.actions import record_contact, withdraw_contact
from nabij.contacts.models import Contact
from nabij.core.ids import new_request_id
from nabij.residents import actions as residents
from nabij.residents.models import Resident
from nabij.signals import actions as signals
from nabij.signals.models import Decision, Signal

from .playing import ANY, Ground

OPEN = {"commitment__closed_at__isnull": True}


class Work(Ground):
    """What people do."""

    @rule(unsafe=st.booleans(), child=st.booleans(), twice=st.booleans())
    def a_neighbour_worries(self, unsafe, child, twice) -> None:
        self.act(
            signals.receive_signal, actor=public_actor(at=self.at, request_id=new_request_id(), origin="buur"), twice=twice, channel="form",
            about="person", words="Zij doet niet meer open.", who="Mevrouw De Wit", municipality=self.town.municipality, unsafe=unsafe,
            about_child=child, reporter={"openness": "anonymous"},
        )  # fmt: skip

    @rule(who=ANY, dossier=st.none() | ANY, unsafe=st.booleans(), twice=st.booleans())
    def a_call_is_written_down(self, who, dossier, unsafe, twice) -> None:
        dossier = self.some(Dossier.objects.all(), dossier) if dossier is not None else None
        member = self.member(who)
        words = {"dossier": dossier} if dossier else {"team": member and member.team}
        self.act(
            signals.receive_signal, actor=self.who(who), twice=twice, channel="phone", about="person", words="Hij belt elke dag.", who="Meneer Smit",
            unsafe=unsafe, reporter=None, **words,
        )  # fmt: skip

    @rule(signal=ANY, who=ANY, kind=st.sampled_from(Decision.Kind.values), to=ANY, days=st.integers(1, 30), twice=st.booleans())
    def a_signal_is_decided(self, signal, who, kind, to, days, twice) -> None:
        words = {"dossier": self.some(Dossier.objects.all(), to)} if kind == Decision.Kind.LINK else {}
        if kind == Decision.Kind.DUPLICATE:
            words = {"duplicate_of": self.some(Signal.objects.all(), to)}
        if kind == Decision.Kind.NOTHING_UNTIL:
            words = {"until_on": self.at.date() + timedelta(days), "agreed_with": "de buurvrouw", "sooner_if": "zij weer belt"}
        row = self.some(Signal.objects.filter(**OPEN), signal)
        if row and row.asks_support is None:
            self.act(signals.classify_signal, actor=self.who(who, near=row), signal=row, asks_support=bool(days % 2), unsafe=row.unsafe, about_child=row.about_child)
        self.act(
            signals.decide, actor=self.who(who, near=row), twice=twice, signal=row, kind=kind,
            reason="Besproken aan de telefoon.", feedback="impossible", **words,
        )  # fmt: skip

    @rule(decision=ANY, who=ANY, agrees=st.booleans())
    def a_second_word(self, decision, who, agrees) -> None:
        row = self.some(Decision.objects.filter(state="waiting"), decision)
        if row:
            self.act(signals.give_second_word, actor=self.who(who, near=row.signal), decision=row, agrees=agrees, words="Samen bekeken.")

    @rule(signal=ANY, who=ANY)
    def a_signal_comes_back(self, signal, who) -> None:
        row = self.some(Signal.objects.all(), signal)
        self.act(signals.reopen_signal, actor=self.who(who, near=row), signal=row)

    @rule(who=ANY, team=ANY, known=st.booleans(), restricted=st.booleans())
    def a_resident_is_written_down(self, who, team, known, restricted) -> None:
        number = Resident.objects.count()
        person = {"call_name": f"Riet{number}", "surname": "Dalen", "birth_year": 1951, "birth_month": 7, "birth_day": number % 5 + 1} if known else {"description": "man met de blauwe fiets"}
        team = self.some(Team.objects.all(), team)
        self.act(residents.create_resident, actor=self.who(who, team_id=team.pk), team=team, known=known, restricted=restricted, **person)

    @rule(who=ANY, dossier=ANY, signal=st.none() | ANY, twice=st.booleans())
    def a_case_is_opened(self, who, dossier, signal, twice) -> None:
        dossier = self.some(Dossier.objects.all(), dossier)
        signal = self.some(Signal.objects.filter(**OPEN), signal) if signal is not None else None
        words = {"signal": signal, "feedback": {"feedback": "impossible"}} if signal else {}
        if dossier:
            self.act(casework.open_case, actor=self.who(who, near=dossier), twice=twice, dossiers=[dossier], question="Ik wil weer naar buiten.", **words)

    @rule(case=ANY, who=ANY, rung=st.integers(1, 5), own_date=st.booleans(), volunteer=ANY)
    def a_plan_grows(self, case, who, rung, own_date, volunteer) -> None:
        case = self.some(Case.objects.filter(**OPEN), case)
        goal = self.act(casework.add_goal, actor=self.who(who, near=case), case=case, text="Elke week koffie")
        words = {"due_at": self.later(days=3)} if own_date else {}
        activity = self.act(casework.add_activity, actor=self.who(who, near=case), case=case, goal=goal, text="Samen lopen", rung=rung, carrier="buurvrouw", **words)
        helper = self.member(volunteer, role=Role.VOLUNTEER)
        if activity and helper and rung == 3:
            self.act(casework.give_volunteer, actor=self.who(who, near=case), activity=activity, volunteer=helper)

    @rule(case=ANY, who=ANY, answer=st.sampled_from(["yes", "no", "not_safe", "no_more"]), twice=st.booleans())
    def the_network_is_asked(self, case, who, answer, twice) -> None:
        case = self.some(Case.objects.filter(**OPEN), case)
        self.act(casework.ask_network, actor=self.who(who, near=case), twice=twice, case=case, answer=answer)

    @rule(activity=ANY, who=ANY)
    def an_activity_is_done(self, activity, who) -> None:
        row = self.some(Activity.objects.filter(**OPEN), activity)
        if row:
            self.act(casework.finish_activity, actor=self.who(who, near=row), activity=row)

    @rule(case=ANY, who=ANY, other=ANY)
    def a_housemate_joins_the_case(self, case, who, other) -> None:
        case = self.some(Case.objects.filter(**OPEN), case)
        self.act(casework.link_resident, actor=self.who(who, near=case), case=case, dossier=self.some(Dossier.objects.all(), other))

    @rule(case=ANY, who=ANY, to=ANY)
    def another_coordinator(self, case, who, to) -> None:
        case, to = self.some(Case.objects.filter(**OPEN), case), self.member(to)
        if to:
            self.act(casework.change_coordinator, actor=self.who(who, near=case), case=case, owner=to)

    @rule(case=ANY, who=ANY, anyway=st.booleans())
    def a_case_is_closed(self, case, who, anyway) -> None:
        case = self.some(Case.objects.filter(**OPEN), case)
        results = dict.fromkeys(Goal.objects.filter(case=case, ended_at__isnull=True).values_list("pk", flat=True), ("reached", ""))
        self.act(casework.close_case, actor=self.who(who, near=case), case=case, results=results, resident_word="Het gaat weer.", reason="Klaar", end_activities=anyway)

    @rule(case=ANY, who=ANY)
    def a_case_comes_back(self, case, who) -> None:
        case = self.some(Case.objects.filter(commitment__closed_at__isnull=False), case)
        self.act(casework.reopen_case, actor=self.who(who, near=case), case=case)

    @rule(who=ANY, dossier=st.none() | ANY, to=ANY, days=st.integers(0, 9))
    def a_task_is_noted(self, who, dossier, to, days) -> None:
        owner = self.member(to)
        words = {"dossier": self.some(Dossier.objects.all(), dossier)} if dossier is not None else {}
        if owner:
            self.act(commitments.add_task, actor=self.who(who), what="Bel de huisarts", owner=owner, due_at=self.later(days=days), **words)

    @rule(task=ANY, who=ANY)
    def a_task_is_done(self, task, who) -> None:
        row = self.some(Task.objects.filter(**OPEN), task)
        self.act(commitments.finish_task, actor=self.who(who, near=row), task=row)

    @rule(which=ANY, who=ANY, twice=st.booleans())
    def somebody_takes_it(self, which, who, twice) -> None:
        row = self.some(Commitment.objects.open(), which)
        self.act(commitments.take_commitment, actor=self.who(who, near=row), twice=twice, commitment=row)

    @rule(which=ANY, who=ANY)
    def what_nobody_took_is_taken(self, which, who) -> None:
        """Mostly allowed, unlike the rule above: what is taken stays taken, and soon nearly everything is."""
        row = self.some(Commitment.objects.open().filter(taken_at__isnull=True), which)
        self.act(commitments.take_commitment, actor=self.who(who, near=row), commitment=row)

    @rule(which=ANY, who=ANY, to=ANY)
    def it_is_given_to_a_colleague(self, which, who, to) -> None:
        row = self.some(Commitment.objects.open(), which)
        owner = self.member(to)
        if owner:
            self.act(commitments.hand_over, actor=self.who(who, near=row), commitment=row, owner=owner)

    @rule(which=ANY, who=ANY, days=st.integers(-1, 40))
    def another_date(self, which, who, days) -> None:
        row = self.some(Commitment.objects.open(), which)
        self.act(commitments.set_date, actor=self.who(who, near=row), commitment=row, due_at=self.later(days=days))

    @rule(which=ANY, who=ANY, days=st.integers(0, 60))
    def deliberately_nothing(self, which, who, days) -> None:
        row = self.some(Commitment.objects.open(), which)
        self.act(
            commitments.pause_commitment, actor=self.who(who, near=row), commitment=row, reason="Hij wil rust.",
            agreed_with="meneer zelf", look_again_on=self.at.date() + timedelta(days), sooner_if="de buren bellen",
        )  # fmt: skip

    @rule(which=ANY, who=ANY)
    def the_rest_ends(self, which, who) -> None:
        row = self.some(Commitment.objects.open(), which)
        self.act(commitments.end_pause, actor=self.who(who, near=row), commitment=row, due_at=self.later(days=1))

    @rule(who=ANY, dossier=ANY, reached=st.booleans(), which=st.none() | ANY, ago=st.integers(0, 30), twice=st.booleans())
    def somebody_calls_or_visits(self, who, dossier, reached, which, ago, twice) -> None:
        dossier = self.some(Dossier.objects.all(), dossier)
        commitment = self.some(Commitment.objects.open().filter(dossier=dossier), which) if which is not None and dossier else None
        if dossier:
            self.act(
                record_contact, actor=self.who(who, near=dossier), twice=twice, dossiers=[dossier], medium="phone", reached=reached,
                happened_at=self.later(hours=-ago), texts={dossier.pk: ("team", "Gebeld.")}, **({"commitment": commitment} if commitment else {}),
            )  # fmt: skip

    @rule(contact=ANY, who=ANY)
    def a_contact_was_a_mistake(self, contact, who) -> None:
        row = self.some(Contact.objects.all(), contact)
        if row:
            self.act(withdraw_contact, actor=self.who(who, near=row.by), contact=row)

    @rule(dossier=ANY, who=ANY, days=st.integers(0, 20))
    def somebody_is_in_hospital(self, dossier, who, days) -> None:
        until = self.at.date() + timedelta(days)
        dossier = self.some(Dossier.objects.all(), dossier)
        self.act(residents.set_away, actor=self.who(who, near=dossier), dossier=dossier, kind="admitted", from_on=self.at.date(), until_on=until)

    @rule(dossier=ANY, who=ANY)
    def somebody_moves(self, dossier, who) -> None:
        dossier = self.some(Dossier.objects.all(), dossier)
        self.act(residents.record_move, actor=self.who(who, near=dossier), dossier=dossier, street="Dorpsstraat", number="4", postcode="1441 AA", place="Waterdam")

    @rule(dossier=ANY, who=ANY)
    def somebody_dies(self, dossier, who) -> None:
        dossier = self.some(Dossier.objects.all(), dossier)
        self.act(casework.record_death, actor=self.who(who, near=dossier), dossier=dossier, on=self.at.date())
