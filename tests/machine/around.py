"""Around the resident: who is there, how it goes, what is known of them, what they may read themselves."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule

from nabij.access.actor import link_actor
from nabij.access.models import Dossier
from nabij.bsn import actions as bsn
from nabij.casework.models import Case, CaseDossier
from nabij.core.ids import new_request_id
from nabij.life_domains import actions as life_domains
from nabij.life_domains.models import Moment
from nabij.linkage.birthdays import Birth
from nabij.network import actions as network
from nabij.network.models import HouseholdMember, Tie
from nabij.outcomes import actions as outcomes
from nabij.outcomes.models import QUESTIONS
from nabij.piling import actions as piling
from nabij.piling.models import Assessment, Seen
from nabij.portal import actions as portal
from nabij.portal.models import OwnPage
from nabij.residents import actions as residents
from nabij.residents.models import Address, Away, ContactWay, ParentalAuthority, Representative, Resident, SafetyNote

from .playing import ANY, Ground

RUNNING = {"ended_at__isnull": True}
NUMBERS = ["999990019", "999990160", "123456789"]  # two that pass the 11-test and belong to nobody, one that does not


class Around(Ground):
    """What hangs on a dossier without being a responsibility by itself."""

    @rule(dossier=ANY, who=ANY, kind=st.sampled_from(Tie.Kind.values), main=st.booleans())
    def somebody_stands_around_the_resident(self, dossier, who, kind, main) -> None:
        dossier = self.some(Dossier.objects.all(), dossier)
        words = {"main_carer": True} if main and kind == Tie.Kind.CARER else {}
        self.act(network.add_tie, actor=self.who(who, near=dossier), dossier=dossier, kind=kind, name="Buurvrouw An", ring=1, **words)

    @rule(which=ANY, who=ANY, deed=st.sampled_from(["change", "end", "ask"]), days=st.integers(0, 30))
    def a_tie_changes(self, which, who, deed, days) -> None:
        tie = self.some(Tie.objects.all(), which)
        if tie is None:
            return
        actor, on = self.who(who, near=tie.dossier), self.later(days=-days).date()
        if deed == "change":
            self.act(network.change_tie, actor=actor, tie=tie, name="Buurvrouw Anna")
        elif deed == "end":
            self.act(network.end_tie, actor=actor, tie=tie, until_on=on, why="moved")
        else:
            self.act(network.ask_carer, actor=actor, tie=tie, load="heavy", asked_on=on)

    @rule(dossier=ANY, who=ANY, leave=st.none() | ANY)
    def people_live_together(self, dossier, who, leave) -> None:
        dossier, row = self.some(Dossier.objects.all(), dossier), self.some(HouseholdMember.objects.all(), leave) if leave is not None else None
        if row:
            self.act(network.leave_household, actor=self.who(who, near=row.dossier), member=row, until_on=self.at.date())
        else:
            self.act(network.set_household, actor=self.who(who, near=dossier), dossier=dossier, from_on=self.at.date(), name="Zoon Piet", relation="zoon")

    @rule(dossier=ANY, who=ANY, step=st.integers(1, 5), mistake=st.none() | ANY)
    def life_is_scored(self, dossier, who, step, mistake) -> None:
        dossier, row = self.some(Dossier.objects.all(), dossier), self.some(Moment.objects.all(), mistake) if mistake is not None else None
        if row:
            self.act(life_domains.withdraw_moment, actor=self.who(who, near=row.dossier), moment=row)
        else:
            given = [life_domains.Given("money", step, 6 - step)]
            self.act(life_domains.score_domains, actor=self.who(who, near=dossier), dossier=dossier, happened_on=self.at.date(), given=given)

    @rule(case=ANY, who=ANY, paper=st.booleans(), face=st.none() | st.integers(1, 5))
    def a_resident_says_how_it_went(self, case, who, paper, face) -> None:
        case = self.some(Case.objects.all(), case)
        dossier = Dossier.objects.filter(pk__in=CaseDossier.objects.filter(case=case).values("dossier_id")).order_by("pk").first() if case else None
        if paper:
            answers = dict.fromkeys(QUESTIONS, face)
            self.act(outcomes.type_answer, actor=self.who(who, near=case), case=case, dossier=dossier, on=self.at.date(), answers=answers)
        else:
            self.act(outcomes.ask_experience, actor=self.who(who, near=case), case=case, dossier=dossier, way="printed")

    @rule(dossier=ANY, who=ANY, case=st.none() | ANY, safe=st.booleans())
    def a_page_of_ones_own(self, dossier, who, case, safe) -> None:
        dossier = self.some(Dossier.objects.all(), dossier)
        case = self.some(Case.objects.filter(commitment__closed_at__isnull=True, commitment__dossier=dossier), case) if case is not None and dossier else None
        words = {"case": case, "parts": ("plan",), "others_know": True} if case else {}
        talk = {"talk_on": self.at.date(), "phone_readers": "alleen ik", "mail_readers": "alleen ik", "safe": safe}
        self.act(portal.open_page, actor=self.who(who, near=dossier), dossier=dossier, **talk, **words)

    @rule(which=ANY, who=ANY, deed=st.sampled_from(["code", "visit", "close", "parts", "wrong", "leave"]))
    def the_page_is_used(self, which, who, deed) -> None:
        page = self.some(OwnPage.objects.all(), which)
        if page is None:
            return
        actor = self.who(who, near=page.dossier)
        resident = link_actor(subject=page.ref, at=self.at, request_id=new_request_id(), origin="code")
        if deed == "wrong":
            self.act(portal.say_wrong, actor=resident, page=page, words="Ik woon daar niet meer.")
        elif deed == "leave":
            self.act(portal.end_visit, actor=resident, page=page)
        elif deed == "code":
            self.act(portal.make_code, actor=actor, page=page)
        elif deed == "visit":
            self.act(portal.start_visit, actor=actor, page=page)
        elif deed == "close":
            self.act(portal.close_page, actor=actor, page=page)
        else:
            self.act(portal.set_parts, actor=actor, page=page, parts=())

    @rule(on=st.booleans(), dossier=ANY, who=ANY, follows=st.sampled_from(Seen.Follows.values), days=st.integers(0, 9))
    def what_comes_together(self, on, dossier, who, follows, days) -> None:
        running, dossier = Assessment.objects.filter(withdrawn_at__isnull=True).first(), self.some(Dossier.objects.all(), dossier)
        if running is None:
            words = {"assessed_on": self.at.date(), "reference": "DPIA 7", "by_whom": "FG", "domains": 2, "months": 6}
            self.act(piling.record_assessment, actor=self.manager(), **words)
        elif on:
            due = self.at.date() + timedelta(days)
            self.act(piling.say_seen, actor=self.who(who, near=dossier), dossier=dossier, follows=follows, words="Samen kijken", due_on=due)
        else:
            self.act(piling.withdraw_assessment, actor=self.manager(), assessment=running)

    @rule(who=ANY, day=st.integers(1, 5), alarm=st.booleans())
    def somebody_searches(self, who, day, alarm) -> None:
        """Whoever works with a restricted dossier hears of it, when the job comes by."""
        if alarm:
            born = {"surname": "Dalen", "birth": Birth(1951, 7, day), "reason": "Zij ligt op de grond."}
            self.act(residents.break_glass, actor=self.who(who), **born)
        else:
            self.act(residents.search, actor=self.who(who), words=f"Dalen {day}-7-1951")

    @rule(dossier=ANY, who=ANY, number=st.none() | st.sampled_from(NUMBERS))
    def the_citizen_number(self, dossier, who, number) -> None:
        dossier = self.some(Dossier.objects.all(), dossier)
        if number:
            self.act(bsn.record_number, actor=self.who(who, near=dossier), dossier=dossier, number=number)
        else:
            self.act(bsn.remove_number, actor=self.who(who, near=dossier), dossier=dossier)

    @rule(dossier=ANY, who=ANY, what=st.sampled_from(["address", "way", "safety", "authority", "representative", "name"]), days=st.integers(-3, 40))
    def something_is_known_of_the_resident(self, dossier, who, what, days) -> None:
        dossier, on = self.some(Dossier.objects.all(), dossier), self.at.date()
        actor, later = self.who(who, near=dossier), self.later(days=days).date()
        if what == "address":
            self.act(residents.add_address, actor=actor, dossier=dossier, kind="post", street="Weerwal", number="3", postcode="1441 CD", place="Waterdam", from_on=on)
        elif what == "way":
            self.act(residents.add_contact_way, actor=actor, dossier=dossier, kind="phone", value="0612345678", preferred=True)
        elif what == "safety":
            self.act(residents.add_safety_note, actor=actor, dossier=dossier, fact="Hond", what_to_do="Bel eerst", review_on=later)
        elif what == "authority":
            self.act(residents.add_authority, actor=actor, dossier=dossier, from_on=on, holder_name="Moeder")
        elif what == "representative":
            self.act(residents.add_representative, actor=actor, dossier=dossier, kind="mentor", name="De heer Bos", from_on=on)
        elif dossier and (person := Resident.objects.filter(dossier=dossier).first()):
            words = {"call_name": "Ria", "surname": "Bos", "birth_year": 1951}
            if person.known:
                self.act(residents.change_names, actor=actor, resident=person, **words)
            else:
                self.act(residents.mark_known, actor=actor, resident=person, **words)

    @rule(which=ANY, who=ANY, what=st.sampled_from(["address", "street", "way", "safety", "review", "authority", "representative", "away"]), days=st.integers(-3, 40))
    def something_is_not_so_any_more(self, which, who, what, days) -> None:
        tables = {
            "address": Address, "street": Address, "way": ContactWay, "safety": SafetyNote, "review": SafetyNote, "authority": ParentalAuthority,
            "representative": Representative, "away": Away,
        }  # fmt: skip
        row, on = self.some(tables[what].objects.all(), which), self.later(days=days).date()
        actor = self.who(who, near=row.dossier) if row else None
        if what == "address":
            self.act(residents.end_address, actor=actor, address=row, until_on=on)
        elif what == "street":
            self.act(residents.change_address, actor=actor, address=row, street="Dijk", number="1")
        elif what == "way":
            self.act(residents.end_contact_way, actor=actor, way=row)
        elif what == "safety":
            self.act(residents.end_safety_note, actor=actor, note=row)
        elif what == "review":
            self.act(residents.review_safety_note, actor=actor, note=row, review_on=on)
        elif what == "authority":
            self.act(residents.end_authority, actor=actor, authority=row, until_on=on)
        elif what == "representative":
            self.act(residents.end_representative, actor=actor, representative=row, until_on=on)
        else:
            self.act(residents.end_away, actor=actor, away=row)
