"""Work passes on with a receipt; two dossiers turn out to be one person, or not after all."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule

from nabij.access.models import Dossier, Membership
from nabij.commitments.models import Commitment
from nabij.duplicates import actions as duplicates
from nabij.duplicates.models import Merge
from nabij.handover import actions as handover
from nabij.handover.models import Handover, HandoverItem

from .playing import ANY, Ground

RUNNING = {"ended_at__isnull": True}


class Passing(Ground):
    """Handover, merging and undoing it."""

    def lead_of(self, membership: Membership | None):
        return self.who(0, pk=membership.team.lead_id) if membership else None

    @rule(who=ANY, reason=st.sampled_from(["leave", "absence", "swap"]), days=st.integers(0, 30))
    def a_handover_begins(self, who, reason, days) -> None:
        member = self.member(who)
        planned = self.at.date() + timedelta(days)
        self.act(handover.start_handover, actor=self.lead_of(member), membership=member, reason=reason, planned_on=planned)

    @rule(which=ANY, work=ANY, to=ANY, told=st.sampled_from(["told", "not_told"]), notes=st.sampled_from(["team", "private"]), overlap=st.none() | st.integers(0, 40))
    def something_is_offered(self, which, work, to, told, notes, overlap) -> None:
        row = self.some(Handover.objects.filter(**RUNNING), which)
        if not row:
            return
        work = self.some(Commitment.objects.open().filter(owner=row.membership), work)
        about = {} if work is None else {"dossier": work.dossier, "told": told, "told_because": "Ziek"} if work.dossier_id else {"commitment": work}
        until = None if overlap is None else self.at.date() + timedelta(overlap)
        colleague = self.some(Membership.objects.filter(team=row.membership.team), to)
        self.act(handover.offer_item, actor=self.lead_of(row.membership), membership=row.membership, to=colleague, notes=notes, leaver_until=until, **about)

    @rule(which=ANY, yes=st.integers(0, 3), close=st.booleans())
    def an_answer_comes(self, which, yes, close) -> None:
        item = self.some(HandoverItem.objects.filter(commitment__closed_at__isnull=True), which)
        actor = self.who(0, pk=item.commitment.owner_id) if item else None
        if item and item.accepted_at and close:
            self.act(handover.close_item, actor=actor, item=item, because="Al lang bekend.")
        elif item and yes:
            self.act(handover.accept_item, actor=actor, item=item)
        elif item:
            self.act(handover.refuse_item, actor=actor, item=item, because="Te vol.")

    @rule(which=ANY, finish=st.booleans(), now=st.booleans())
    def a_handover_ends(self, which, finish, now) -> None:
        row = self.some(Handover.objects.filter(**RUNNING), which)
        if row and finish:
            self.act(handover.finish_handover, actor=self.lead_of(row.membership), handover=row, now=now)
        elif row:
            self.act(handover.cancel_handover, actor=self.lead_of(row.membership), handover=row)

    @rule(one=ANY, other=ANY, who=ANY)
    def two_dossiers_are_one(self, one, other, who) -> None:
        one, other = self.some(Dossier.objects.all(), one), self.some(Dossier.objects.all(), other)
        pair = self.act(duplicates.look_at, actor=self.who(who, near=one), dossier=one, other=other)
        if pair:
            self.act(duplicates.merge, actor=self.who(who, near=one), pair=pair, keep=pair.one, reason="Zelfde persoon")

    @rule(which=ANY, who=ANY)
    def they_were_two_after_all(self, which, who) -> None:
        row = self.some(Merge.objects.filter(undone_at__isnull=True), which)
        if row:
            self.act(duplicates.unmerge, actor=self.who(who, near=row.kept), merge=row)
