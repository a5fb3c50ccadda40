"""Work with rules of its own: conferences, the track of a request for support, the reporting code, arrears."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule

from nabij.access.models import Dossier, Membership, Worker
from nabij.casework.models import Case
from nabij.conferences import actions as conferences
from nabij.conferences.models import Conference, Participant
from nabij.debts import actions as debts
from nabij.debts.models import Debt
from nabij.debts.rows import check_row
from nabij.meldcode import actions as meldcode
from nabij.meldcode.models import Meldcode, MeldStep, Named, Part
from nabij.partners import actions as partners
from nabij.partners.models import Partner
from nabij.wmo import actions as wmo
from nabij.wmo.models import Move, Topic, Track

from .playing import ANY, Ground

OPEN = {"commitment__closed_at__isnull": True}
TALK = {"question": "Wat is er nodig?", "resident_part": "informed", "resident_why": "", "place": "Wijkcentrum"}
ARREAR = {"surname": "Bakker", "given_names": "A.", "street": "Kerkstraat", "number": "12", "postcode": "1441 AA", "place": "Waterdam", "amount": "120,50"}
PARTNER = {"name": "Woonvereniging De Vliet", "kind": "landlord", "purpose": "vroegsignalering", "basis": "Wgs art. 3 lid 1 onder b", "may_debts": True}


class Laws(Ground):
    """What law and agreement ask of one resident's track."""

    @rule(case=ANY, who=ANY, hours=st.integers(-2, 200), change=st.none() | ANY)
    def a_conference_is_convened(self, case, who, hours, change) -> None:
        row = self.some(Conference.objects.filter(**OPEN), change) if change is not None else None
        case = self.some(Case.objects.filter(**OPEN), case)
        if row:
            self.act(conferences.change_conference, actor=self.who(who, near=row), conference=row, starts_at=self.later(hours=hours), **TALK)
        else:
            self.act(conferences.plan_conference, actor=self.who(who, near=case), case=case, starts_at=self.later(hours=hours), **TALK)

    @rule(which=ANY, who=ANY, guest=st.none() | ANY, leave=st.none() | ANY)
    def somebody_is_asked_to_the_table(self, which, who, guest, leave) -> None:
        row, out = self.some(Conference.objects.filter(**OPEN), which), self.some(Participant.objects.all(), leave) if leave is not None else None
        if out:
            self.act(conferences.remove_participant, actor=self.who(who, near=out.conference), participant=out)
        elif row:
            member = self.member(guest) if guest is not None else None
            named = {"member": member, "opened": [row.commitment.dossier]} if member else {"name": "Juf Anja", "organisation": "School De Brug"}
            self.act(conferences.add_participant, actor=self.who(who, near=row), conference=row, why="Kent het gezin", basis="Wmo 2015 art. 5.1.1", **named)

    @rule(which=ANY, who=ANY, owner=st.none() | ANY, days=st.integers(-1, 20))
    def something_is_agreed_at_the_table(self, which, who, owner, days) -> None:
        row = self.some(Conference.objects.filter(**OPEN), which)
        if row:
            by = {"owner": self.member(owner)} if owner is not None else {"outsider": "Juf Anja"}
            words = {"text": "Belt vrijdag", "dossier": row.commitment.dossier, "due_at": self.later(days=days)}
            self.act(conferences.add_agreement, actor=self.who(who, near=row), conference=row, **words, **by)

    @rule(which=ANY, who=ANY, held=st.booleans())
    def a_conference_is_over(self, which, who, held) -> None:
        row = self.some(Conference.objects.filter(**OPEN), which)
        if row and held:
            words = {"resident_part": "present", "notes": "Iedereen was er.", "nothing_agreed": "Eerst nadenken."}
            self.act(conferences.hold_conference, actor=self.who(who, near=row), conference=row, **words)
        elif row:
            self.act(conferences.cancel_conference, actor=self.who(who, near=row), conference=row, why="Niemand kon.")

    @rule(dossier=ANY, who=ANY, ago=st.integers(-1, 30), case=st.none() | ANY)
    def a_request_for_support_begins(self, dossier, who, ago, case) -> None:
        dossier = self.some(Dossier.objects.all(), dossier)
        words = {"case": self.some(Case.objects.filter(**OPEN, commitment__dossier=dossier), case)} if case is not None and dossier else {}
        self.act(wmo.start_track, actor=self.who(who, near=dossier), dossier=dossier, received_on=self.later(days=-ago).date(), **words)

    @rule(track=ANY, who=ANY, step=st.sampled_from(["confirm", "support", "plan", "topics", "urgent", "result", "request", "decide", "end"]), more=st.booleans())
    def the_request_goes_on(self, track, who, step, more) -> None:
        track, on = self.some(Track.objects.filter(**OPEN), track), self.at.date()
        if track is None:
            return
        actor, row = self.who(who, near=track), {"track": track}
        if step == "topics":
            for about in Topic.About.values:
                self.act(wmo.write_topic, actor=self.who(who, near=track), about=about, state="discussed", words="Besproken.", **row)
        elif step == "confirm":
            self.act(wmo.confirm_receipt, actor=actor, on=on, how="Brief", **row)
        elif step == "support":
            self.act(wmo.tell_support, actor=actor, on=on, **row)
        elif step == "plan":
            self.act(wmo.note_plan, actor=actor, received=more, on=on if more else None, **row)
        elif step == "urgent":
            self.act(wmo.arrange_urgent, actor=actor, what="Maaltijden", **row)
        elif step == "result":
            self.act(wmo.give_result, actor=actor, on=on, words="Samen gekozen.", follows="request" if more else "nothing", **row)
        elif step == "request":
            self.act(wmo.receive_request, actor=actor, on=on, **row)
        elif step == "decide":
            self.act(wmo.decide_request, actor=actor, on=on, answer="granted", **row)
        else:
            self.act(wmo.end_track, actor=actor, why="taken_back" if more else "settled", reason="Op eigen verzoek", **row)

    @rule(track=ANY, who=ANY, extend=st.booleans(), start=st.integers(-3, 10), days=st.integers(1, 30), ground=st.sampled_from(Move.Ground.values))
    def the_term_moves(self, track, who, extend, start, days, ground) -> None:
        track, on = self.some(Track.objects.filter(**OPEN), track), self.at.date()
        if track is None:
            return
        told = {"ground": ground, "told_on": on, "told_how": "Brief", "words": "Zoals besproken", "until_on": on + timedelta(start + days)}
        if extend:
            self.act(wmo.extend_term, actor=self.who(who, near=track), track=track, **told)
        else:
            self.act(wmo.suspend_term, actor=self.who(who, near=track), track=track, from_on=on + timedelta(start), **told)

    @rule(dossier=ANY, who=ANY)
    def a_reporting_code_begins(self, dossier, who) -> None:
        dossier = self.some(Dossier.objects.all(), dossier)
        self.act(meldcode.start_meldcode, actor=self.who(who, near=dossier), dossier=dossier)

    @rule(which=ANY, own=st.booleans(), who=ANY, part=st.sampled_from(Part.values), days=st.none() | st.integers(0, 20), decision=st.sampled_from(MeldStep.Decision.values))
    def a_step_is_signed(self, which, own, who, part, days, decision) -> None:
        row = self.some(Meldcode.objects.all(), which)
        if row:
            more = {"decision": decision} if part == Part.DECIDE else {"whom": "De moeder"}
            actor = self.who(0, pk=row.commitment.owner_id) if own else self.who(who, near=row)
            next_on = None if days is None else self.at.date() + timedelta(days)
            self.act(meldcode.sign_step, actor=actor, meldcode=row, part=part, on=self.at.date(), words="Blauwe plek gezien.", next_on=next_on, **more)

    @rule(which=ANY, who=ANY, to=ANY, deed=st.sampled_from(["in", "out", "over"]))
    def somebody_else_reads_the_code(self, which, who, to, deed) -> None:
        row, colleague = self.some(Meldcode.objects.all(), which), self.some(Worker.objects.all(), to)
        if row is None:
            return
        inside = self.some(Named.objects.filter(meldcode=row, ended_at__isnull=True), who)
        seat = self.some(Membership.objects.on(self.at.date()).filter(worker=inside.worker), who) if inside else None
        actor = self.who(0, pk=seat.pk) if seat else None
        if deed == "in":
            self.act(meldcode.let_in, actor=actor, meldcode=row, worker=colleague)
        elif deed == "out" and inside:
            self.act(meldcode.let_out, actor=actor, named=self.some(Named.objects.filter(meldcode=row), to))
        else:
            self.act(meldcode.take_over, actor=actor, meldcode=row)

    @rule(who=ANY, number=st.integers(0, 4), threat=st.booleans(), twice=st.booleans())
    def arrears_come_in(self, who, number, threat, twice) -> None:
        partner = Partner.objects.first() or self.act(partners.add_partner, actor=self.manager(), municipality=self.town.municipality, **PARTNER)
        cells = {**ARREAR, "reference": f"K{number}", "signalled_on": self.at.date().isoformat(), "threat": "ja" if threat else "nee"}
        if partner:
            row = check_row(line=2, cells=cells, partner=partner.name, kind=partner.kind, on=self.at.date())
            assert row.is_good, row.reasons
            self.act(debts.take_row, actor=self.who(who), twice=twice, partner=partner, row=row)

    @rule(which=ANY, who=ANY, reached=st.booleans(), result=st.none() | st.sampled_from(Debt.Result.values))
    def arrears_are_followed(self, which, who, reached, result) -> None:
        row = self.some(Debt.objects.all(), which)
        if row and result:
            self.act(debts.set_result, actor=self.who(who, near=row.signal), debt=row, result=result)
        elif row:
            self.act(debts.record_attempt, actor=self.who(who, near=row.signal), debt=row, medium="phone", reached=reached, happened_at=self.later(hours=-1))
