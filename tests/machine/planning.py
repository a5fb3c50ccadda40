"""More of what people do in plans, teams and handovers, and what the privacy officer does at the end."""

from datetime import timedelta
from decimal import Decimal

from hypothesis import strategies as st
from hypothesis.stateful import rule

from nabij.access import actions as access
from nabij.access.models import Dossier, Membership, Role, Sharing, Team
from nabij.casework import actions as casework
from nabij.casework.models import Breakthrough, Case, Goal
from nabij.commitments import actions as commitments
from nabij.commitments.models import Commitment, StandIn
from nabij.contacts.actions import edit_text
from nabij.contacts.models import ContactText
from nabij.duplicates import actions as duplicates
from nabij.duplicates.models import Merge, Pair
from nabij.handover import actions as handover
from nabij.handover.models import Handover, HandoverItem
from nabij.upkeep import actions as upkeep
from nabij.wmo import actions as wmo

from .playing import ANY, Ground

OPEN = {"commitment__closed_at__isnull": True}
RUNNING = {"ended_at__isnull": True}


class Planning(Ground):
    """The rest of the verbs by which work, owners and access move."""

    @rule(case=ANY, who=ANY, what=st.sampled_from(["question", "agree"]))
    def the_plan_is_talked_over(self, case, who, what) -> None:
        case = self.some(Case.objects.filter(**OPEN), case)
        if what == "question":
            self.act(casework.set_question, actor=self.who(who, near=case), case=case, question="Ik wil weer slapen.")
        else:
            self.act(casework.agree_plan, actor=self.who(who, near=case), case=case, how="spoken", on=self.at.date(), present="mevrouw zelf")

    @rule(goal=ANY, who=ANY, result=st.sampled_from(["reached", "partly", "given_up"]))
    def a_goal_ends(self, goal, who, result) -> None:
        goal = self.some(Goal.objects.filter(**RUNNING), goal)
        if goal:
            self.act(casework.end_goal, actor=self.who(who, near=goal.case), goal=goal, result=result, words="Samen bekeken.")

    @rule(case=ANY, who=ANY, amount=st.none() | st.integers(0, 900), peer=ANY)
    def the_standard_does_not_fit(self, case, who, amount, peer) -> None:
        case, words = self.some(Case.objects.filter(**OPEN), case), {"text": "Fiets", "reason": "Dan kan hij naar zijn werk.", "rung": 4, "carrier": "team"}
        amount = None if amount is None else Decimal(amount)
        self.act(casework.ask_breakthrough, actor=self.who(who, near=case), case=case, amount=amount, peer=self.member(peer), **words)

    @rule(which=ANY, agrees=st.booleans(), limit=st.none() | st.integers(0, 500))
    def a_colleague_looks_along(self, which, agrees, limit) -> None:
        row = self.some(Breakthrough.objects.all(), which)
        if limit is not None:
            self.act(casework.set_limit, actor=self.manager(), municipality=self.town.municipality, amount=Decimal(limit))
        elif row:
            actor = self.who(0, pk=row.activity.commitment.owner_id)
            self.act(casework.give_word, actor=actor, breakthrough=row, agrees=agrees, words="Past erbij.")

    @rule(which=ANY, who=ANY, to=ANY, days=st.integers(0, 9))
    def what_was_closed_comes_back(self, which, who, to, days) -> None:
        row, owner = self.some(Commitment.objects.filter(closed_at__isnull=False), which), self.member(to)
        if owner:
            self.act(commitments.reopen_commitment, actor=self.who(who, near=row), commitment=row, owner=owner, due_at=self.later(days=days))

    @rule(which=ANY, to=st.none() | ANY)
    def somebody_else_stands_in(self, which, to) -> None:
        row = self.some(StandIn.objects.filter(**RUNNING), which)
        if row:
            substitute = self.some(Membership.objects.filter(team=row.membership.team), to) if to is not None else None
            self.act(commitments.change_substitute, actor=self.who(0, pk=row.membership.team.lead_id), stand_in=row, substitute=substitute)

    @rule(which=ANY, who=ANY)
    def a_text_is_corrected(self, which, who) -> None:
        row = self.some(ContactText.objects.all(), which)
        if row:
            self.act(edit_text, actor=self.who(who, near=row.contact.by), text=row, audience="team", words="Gebeld, en teruggebeld.")

    @rule(which=ANY, who=ANY, wider=st.booleans())
    def a_pair_is_judged(self, which, who, wider) -> None:
        pair, merge = self.some(Pair.objects.all(), which), self.some(Merge.objects.all(), which)
        if wider and merge:
            self.act(duplicates.widen, actor=self.who(who, near=merge.kept), merge=merge)
        elif pair:
            self.act(duplicates.call_different, actor=self.who(who, near=pair.one), pair=pair)

    @rule(which=ANY, who=ANY)
    def sharing_ends(self, which, who) -> None:
        row = self.some(Sharing.objects.filter(**RUNNING), which)
        if row:
            self.act(access.end_sharing, actor=self.who(who, near=row.dossier), sharing=row)

    @rule(which=ANY, days=st.integers(0, 30), deed=st.sampled_from(["move", "withdraw", "several", "duty", "name"]), to=ANY)
    def a_handover_goes_on(self, which, days, deed, to) -> None:
        row = self.some(Handover.objects.filter(**RUNNING), which)
        if row is None:
            return
        actor, colleague = self.who(0, pk=row.membership.team.lead_id), self.some(Membership.objects.filter(team=row.membership.team), to)
        if deed == "move":
            self.act(handover.move_planned_date, actor=actor, handover=row, planned_on=self.at.date() + timedelta(days))
        elif deed == "withdraw" and (item := self.some(HandoverItem.objects.filter(handover=row), to)):
            self.act(handover.withdraw_item, actor=actor, item=item)
        elif deed == "several":
            wanted = list(Dossier.objects.filter(commitments__owner=row.membership, commitments__closed_at__isnull=True).distinct().order_by("pk")[:3])
            self.act(handover.offer_several, actor=actor, membership=row.membership, to=colleague, wanted=wanted, told="told")
        elif deed == "duty":
            self.act(handover.give_duty, actor=actor, membership=row.membership, to=colleague)
        elif dossier := self.some(Dossier.objects.filter(restricted=True), to):
            self.act(handover.name_in_restricted, actor=actor, membership=row.membership, dossier=dossier, to=colleague)

    @rule(team=ANY, only=st.booleans(), deed=st.sampled_from(["door", "team", "rota", "new", "elsewhere"]), who=ANY)
    def a_team_works_otherwise(self, team, only, deed, who) -> None:
        team = self.some(Team.objects.all(), team)
        if deed == "door":
            self.act(access.set_front_door, actor=self.manager(), municipality=self.town.municipality, team=team)
        elif deed == "rota":
            days = {self.at.date() + timedelta(number): self.some(team.memberships.all(), who + number) for number in range(3)}
            self.act(access.plan_rota, actor=self.manager(), team=team, days=days)
        elif deed == "new":
            name = f"Team {Team.objects.count()}"
            self.act(access.create_team, actor=self.manager(), municipality=self.town.municipality, controller=team.controller, name=name)
        elif deed == "elsewhere":
            self.act(wmo.keep_elsewhere, actor=self.manager(), municipality=self.town.municipality, here=only, system="Zaaksysteem")
        else:
            self.act(access.change_team, actor=self.manager(), team=team, name=team.name, phone="", assigned_only=only)

    @rule(dossier=ANY, copy=st.booleans())
    def somebody_asks_for_their_file(self, dossier, copy) -> None:
        dossier, officer = self.some(Dossier.objects.filter(erased_at__isnull=True), dossier), self.who(0, role=Role.PRIVACY_OFFICER)
        if copy:
            self.act(upkeep.export_dossier, actor=officer, dossier=dossier)
        else:
            self.act(upkeep.erase_dossier, actor=officer, dossier=dossier, reason="Op verzoek")
