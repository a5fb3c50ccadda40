"""Colleagues come, go, fall ill, lead and are blocked."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule

from nabij.access import actions as access
from nabij.access.actor import worker_actor
from nabij.access.models import Dossier, Membership, Role, Team, Worker
from nabij.commitments import actions as commitments
from nabij.commitments.models import Commitment, StandIn

from .playing import ANY, Ground


class People(Ground):
    """What happens to teams."""

    @rule(team=ANY, role=st.sampled_from([Role.WORKER, Role.LEAD, Role.VOLUNTEER, Role.GGD, Role.COUNTER]), back=st.none() | ANY, days=st.none() | st.integers(0, 40))
    def somebody_joins_or_returns(self, team, role, back, days) -> None:
        team = self.some(Team.objects.all(), team)
        name = f"Nieuw {Worker.objects.count()}"
        worker = self.some(Worker.objects.all(), back) if back is not None else None
        worker = worker or self.act(access.create_worker, actor=self.manager(), email=f"{name.replace(' ', '')}@nabij.example", name=name)
        until = None if days is None else self.at.date() + timedelta(days)
        self.act(
            access.add_membership, actor=self.manager(), worker=worker, team=team, role=role, paid=role != Role.VOLUNTEER,
            from_on=self.at.date(), until_on=until,
        )  # fmt: skip

    @rule(who=ANY, days=st.none() | st.integers(0, 20))
    def an_end_is_planned(self, who, days) -> None:
        until = None if days is None else self.at.date() + timedelta(days)
        self.act(access.move_membership_end, actor=self.manager(), membership=self.some(Membership.objects.filter(ended_at__isnull=True), who), until_on=until)

    @rule(who=ANY)
    def somebody_leaves(self, who) -> None:
        self.act(access.end_membership, actor=self.manager(), membership=self.some(Membership.objects.filter(ended_at__isnull=True), who))

    @rule(who=ANY)
    def who_owns_nothing_leaves(self, who) -> None:
        """Mostly allowed, unlike the rule above: else a short game would prove nothing about leaving."""
        busy = Commitment.objects.open().values("owner_id")
        named = {pk for pair in Team.objects.values_list("lead_id", "lead_substitute_id") for pk in pair if pk}
        free = Membership.objects.filter(ended_at__isnull=True).exclude(pk__in=busy).exclude(pk__in=named)
        self.act(access.end_membership, actor=self.manager(), membership=self.some(free, who))

    @rule(who=ANY)
    def an_account_is_blocked(self, who) -> None:
        worker = self.some(Worker.objects.exclude(pk=self.town.administrator.worker_id), who)
        self.act(commitments.block_worker, actor=self.manager(), worker=worker)
        assert worker is None or not worker_actor(worker, at=self.at).memberships or not Worker.objects.get(pk=worker.pk).blocked_at

    @rule(who=ANY)
    def an_account_is_opened_again(self, who) -> None:
        self.act(commitments.unblock_worker, actor=self.manager(), worker=self.some(Worker.objects.filter(blocked_at__isnull=False), who))

    @rule(team=ANY, lead=ANY, substitute=ANY)
    def another_lead(self, team, lead, substitute) -> None:
        team = self.some(Team.objects.all(), team)
        lead, substitute = (self.some(Membership.objects.filter(team=team), number) for number in (lead, substitute))
        if lead and substitute:
            self.act(access.appoint_lead, actor=self.manager(), team=team, lead=lead, substitute=substitute)

    @rule(team=ANY, who=ANY, days=st.integers(0, 3))
    def the_rota_is_planned(self, team, who, days) -> None:
        team = self.some(Team.objects.all(), team)
        self.act(access.plan_duty, actor=self.manager(), team=team, on=self.at.date() + timedelta(days), membership=self.some(team.memberships.all(), who))

    @rule(who=ANY, by=st.none() | ANY, days=st.integers(0, 10), restricted=st.booleans())
    def somebody_is_away(self, who, by, days, restricted) -> None:
        member = self.member(who)
        team = member.team if member else None
        substitute = self.some(Membership.objects.filter(team=team), by) if by is not None else None
        self.act(
            commitments.stand_in, actor=self.who(0, pk=team.lead_id) if team else None, membership=member, substitute=substitute,
            from_on=self.at.date(), until_on=self.at.date() + timedelta(days), restricted=restricted,
        )  # fmt: skip

    @rule(which=ANY)
    def somebody_is_back_early(self, which) -> None:
        row = self.some(StandIn.objects.filter(ended_at__isnull=True), which)
        if row:
            self.act(commitments.end_stand_in, actor=self.who(0, pk=row.membership.team.lead_id), stand_in=row)

    @rule(dossier=ANY, who=ANY, close=st.booleans())
    def a_dossier_is_closed_or_opened_to_the_team(self, dossier, who, close) -> None:
        dossier = self.some(Dossier.objects.all(), dossier)
        actor = self.who(who, team=dossier.team) if dossier else None
        if close and actor:
            workers = list(Worker.objects.filter(pk=actor.worker_id))
            self.act(access.restrict_dossier, actor=actor, dossier=dossier, workers=workers)
        else:
            self.act(access.widen_dossier, actor=actor, dossier=dossier)

    @rule(dossier=ANY, who=ANY, to=ANY)
    def a_dossier_is_shared(self, dossier, who, to) -> None:
        dossier = self.some(Dossier.objects.all(), dossier)
        self.act(
            access.share_dossier, actor=self.who(who, near=dossier), dossier=dossier, to_team=self.some(Team.objects.all(), to),
            what="Afspraken", why="Samen één plan", basis="Wmo 2015 art. 5.2.1", resident_word="agreed",
        )  # fmt: skip

    @rule(dossier=ANY, who=ANY)
    def somebody_knows_the_resident(self, dossier, who) -> None:
        dossier = self.some(Dossier.objects.all(), dossier)
        self.act(access.mark_acquaintance, actor=self.who(who, near=dossier), dossier=dossier)
