"""A small municipality with one of everything, made by calling the actions: for tests that look at every address."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from nabij.access.actor import system_actor
from nabij.access.models import Membership, Role, Team
from nabij.access.tests.factories import (
    actor_for,
    make_controller,
    make_member,
    make_municipality,
    make_neighbourhood,
    make_team,
)
from nabij.calendars.actions import make_calendar
from nabij.casework import actions as casework
from nabij.commitments import actions as commitments
from nabij.conferences import actions as conferences
from nabij.contacts.actions import record_contact
from nabij.debts.actions import keep_file
from nabij.debts.models import Debt
from nabij.debts.taking_in import take_in as take_file_in
from nabij.duplicates import actions as duplicates
from nabij.handover import actions as handover
from nabij.life_domains.actions import Given, score_domains
from nabij.meldcode import actions as meldcode
from nabij.network import actions as network
from nabij.outcomes.actions import ask_experience
from nabij.partners.actions import add_partner, make_token
from nabij.piling.actions import record_assessment
from nabij.portal.actions import open_page
from nabij.post.actions import receive_mail
from nabij.residents.actions import create_resident
from nabij.signals.actions import receive_signal
from nabij.wmo import actions as wmo
from nabij.wmo.models import Topic, Track


@dataclass
class World:
    """Two teams of the municipality, one of a welfare organisation, a member for every role, and one row of every kind."""

    team: Team
    other_team: Team
    other_house: Team
    members: dict[str, Membership]
    stranger: Membership
    outsider: Membership
    refs: dict[str, str] = field(default_factory=dict)
    rows: dict[str, Any] = field(default_factory=dict)


def make_world(at: datetime | None = None) -> World:
    """Return a world in which the worker of the team has a resident, a signal, a case with plan, a contact and a task."""
    at = at or timezone.now()
    municipality = make_municipality()
    municipality.controller.may_process_bsn = True
    municipality.controller.save()
    team = make_team(municipality, name="Team Gors")
    other_team = make_team(municipality, name="Team Wheermolen")
    other_house = make_team(municipality, make_controller("welfare", "Welzijn Waterland"), name="Buurtteam Overwhere")
    members = {role.value: make_member(team, role, name=role.label[:20]) for role in Role}
    world = World(
        team=team,
        other_team=other_team,
        other_house=other_house,
        members=members,
        stranger=make_member(other_team, name="Bo"),
        outsider=make_member(other_house, name="Wen"),
    )
    noor = members[Role.WORKER]
    world.rows |= {"neighbourhood": make_neighbourhood(municipality), "worker": noor.worker, "team": team, "membership": noor}
    fill(world, at)
    world.refs |= {name: row.ref for name, row in world.rows.items()}
    return world


def fill(world: World, at: datetime) -> None:
    """Do one of everything, as the worker of the team."""
    noor = world.members[Role.WORKER]

    def act() -> Any:
        return actor_for(noor, at)

    first_worry(world, act, at)
    first_plan(world, act, at)
    round_the_table(world, act, at)
    weighed(world, act, at)
    around_them(world, act, at)
    away_for_a_while(world, act, at)
    from_outside(world, act, at)
    read_along(world, act, at)
    twice_in_the_file(world, act, at)


def first_worry(world: World, act: Callable[[], Any], at: datetime) -> None:
    """A resident, and a worry about her with a paper."""
    name = {"call_name": "Riet", "prefix": "van", "surname": "Dalen", "birth_year": 1951, "birth_month": 7, "birth_day": 4}
    resident = create_resident(actor=act(), at=at, team=world.team, **name)
    said = {"channel": "phone", "about": "person", "words": "Zij doet niet meer open.", "who": "Mevrouw Van Dalen", "reporter": None}
    papers = [("brief.pdf", "application/pdf", b"%PDF-1.4")]
    signal = receive_signal(actor=act(), at=at, dossier=resident.dossier, papers=papers, **said).signal
    world.rows |= {"dossier": resident.dossier, "resident": resident, "signal": signal, "paper": signal.signal_papers.get().paper}


def twice_in_the_file(world: World, act: Callable[[], Any], at: datetime) -> None:
    """Somebody who may be in the file twice, and two who were merged."""
    born = {"birth_year": 1948, "birth_month": 2, "birth_day": 9}
    twins = [create_resident(actor=act(), at=at, team=world.team, call_name=name, surname="Bakker", **born).dossier for name in ("Anna", "Annie", "An")]
    world.rows["pair"] = duplicates.look_at(actor=act(), at=at, dossier=twins[0], other=twins[1])
    pair = duplicates.look_at(actor=act(), at=at, dossier=twins[0], other=twins[2])
    world.rows["merge"] = duplicates.merge(actor=act(), at=at, pair=pair, keep=twins[0], reason="Zelf gezegd")


def first_plan(world: World, act: Callable[[], Any], at: datetime) -> None:
    """A case with a goal and an activity, a visit and a task."""
    dossier, noor = world.rows["dossier"], world.members[Role.WORKER]
    case = casework.open_case(actor=act(), at=at, dossiers=[dossier], question="Ik wil weer naar buiten.")
    goal = casework.add_goal(actor=act(), at=at, case=case, text="Elke week naar de koffieochtend")
    activity = casework.add_activity(actor=act(), at=at, case=case, goal=goal, text="Samen lopen", rung=2, carrier="buurvrouw")
    visit = {"medium": "visit", "reached": True, "happened_at": at, "texts": {dossier.pk: ("team", "Koffie gedronken.")}}
    contact = record_contact(actor=act(), at=at, dossiers=[dossier], **visit)
    task = commitments.add_task(actor=act(), at=at, what="Bel de huisarts", owner=noor, due_at=at + timedelta(days=2), dossier=dossier)
    world.rows |= {"case": case, "goal": goal, "activity": activity, "contact": contact, "text": contact.texts.get()}
    world.rows |= {"task": task, "commitment": task.commitment, "case_commitment": case.commitment}


def around_them(world: World, act: Callable[[], Any], at: datetime) -> None:
    """Who is around the resident, and how it goes in the domains of life."""
    dossier, today = world.rows["dossier"], act().on
    tie = network.add_tie(actor=act(), at=at, dossier=dossier, kind="family", name="Els", ring=1, main_carer=True)
    network.ask_carer(actor=act(), at=at, tie=tie, load="too_much", support="Een avond vrij", asked_on=today)
    given = [Given("money", 1, 2, "Drie maanden huur achter", "Het komt wel goed"), Given("people", 3, 4)]
    moment = score_domains(actor=act(), at=at, dossier=dossier, happened_on=today, given=given)
    member = network.set_household(actor=act(), at=at, dossier=dossier, name="Kleinzoon Daan", from_on=today)
    world.rows |= {"tie": tie, "moment": moment, "member": member}


def away_for_a_while(world: World, act: Callable[[], Any], at: datetime) -> None:
    """The worker hands a resident over, is away for some days later on, and has a calendar in the telephone."""
    noor, lead, today = world.members[Role.WORKER], world.members[Role.LEAD], act().on
    handover.start_handover(actor=act(), at=at, membership=noor, reason="swap", planned_on=today + timedelta(days=20))
    offered = {"to": lead, "dossier": world.rows["dossier"], "told": "told"}
    world.rows["handover_item"] = handover.offer_item(actor=act(), at=at, membership=noor, **offered)
    away = {"from_on": today + timedelta(days=30), "until_on": today + timedelta(days=40)}
    made = make_calendar(actor=act(), at=at)
    world.refs["calendar"] = made.address.rpartition("/")[2].removesuffix(".ics")
    world.rows["stand_in"] = commitments.stand_in(actor=act(), at=at, membership=noor, substitute=lead, **away)


def read_along(world: World, act: Callable[[], Any], at: datetime) -> None:
    """A resident's own page with every part open, and an assessment under which facts are put together."""
    talk = {"talk_on": act().on, "phone_readers": "niemand", "mail_readers": "de dochter", "safe": True}
    facts = {"case": world.rows["case"], "parts": ("plan", "contacts", "looks", "download")}
    world.rows["own_page"] = open_page(actor=act(), at=at, dossier=world.rows["dossier"], **talk, **facts)
    officer = actor_for(world.members[Role.PRIVACY_OFFICER], at)
    said = {"assessed_on": officer.on, "reference": "DPIA 2026-7", "by_whom": "Functionaris gegevensbescherming"}
    world.rows["assessment"] = record_assessment(actor=officer, at=at, **said)


def from_outside(world: World, act: Callable[[], Any], at: datetime) -> None:
    """A partner with a key, its file with one arrear that came in, and a mail that was refused."""
    system = system_actor(at=at)
    facts = {"kind": "landlord", "purpose": "vroege hulp", "basis": "Wgs art. 3 lid 1 onder b", "may_debts": True, "may_signals": True}
    partner = add_partner(actor=system, at=at, municipality=world.team.municipality, name="De Vliet", team=world.team, **facts)
    world.rows |= {"partner": partner, "token": make_token(actor=system, at=at, partner=partner).token}
    head, day = "kenmerk;naam;postcode;huisnummer;bedrag;gemeld op", f"{timezone.localdate(at):%d-%m-%Y}"
    content = f"{head}\nK1;Jansen;1441 AB;12;250,00;{day}\nK2;;1441 AB;12;250,00;{day}\n".encode()
    file = keep_file(actor=act(), at=at, partner=partner, name="a.csv", content=content)
    take_file_in(file=file, actor=act(), at=at)
    world.rows |= {"debt_file": file, "debt_signal": Debt.objects.get().signal}
    world.rows["refused_mail"] = receive_mail(actor=system, at=at, raw=b"", source="leeg.eml", team=world.team)


def round_the_table(world: World, act: Callable[[], Any], at: datetime) -> None:
    """Something outside the rules, the plan on paper, and a conference with who is needed and what was agreed."""
    case, dossier, today = world.rows["case"], world.rows["dossier"], act().on
    measure = {"text": "Een fiets", "reason": "De bus rijdt niet meer", "rung": 5, "carrier": "Het wijkteam"}
    world.rows["breakthrough"] = casework.ask_breakthrough(actor=act(), at=at, case=case, **measure)
    paper = {"kind": "plan", "form": "odt", "language": "nl", "handed_on": today}
    world.rows["copy"] = casework.keep_copy(actor=act(), at=at, case=case, dossier=dossier, **paper)
    when = {"starts_at": at + timedelta(hours=1), "question": "Wie pakt de post op?", "resident_part": "present"}
    world.rows["conference"] = table = conferences.plan_conference(actor=act(), at=at, case=case, **when)
    who = {"name": "J. Smit", "organisation": "Woningbouw", "why": "Verhuurder", "basis": "De inwoner vraagt erom"}
    world.rows["participant"] = conferences.add_participant(actor=act(), at=at, conference=table, **who)
    agreed = {"text": "Legt de huur uit", "outsider": "J. Smit", "due_at": at + timedelta(days=4)}
    conferences.add_agreement(actor=act(), at=at, conference=table, dossier=dossier, **agreed)


def weighed(world: World, act: Callable[[], Any], at: datetime) -> None:
    """A Wmo track with its result, a meldcode with a colleague let in, and four questions that wait for an answer."""
    case, dossier = world.rows["case"], world.rows["dossier"]
    world.rows["track"] = make_track(wmo.start_track(actor=act(), at=at, dossier=dossier, case=case), act, at)
    world.rows["meldcode"] = meldcode.start_meldcode(actor=act(), at=at, dossier=dossier)
    world.rows["named"] = meldcode.let_in(actor=act(), at=at, meldcode=world.rows["meldcode"], worker=world.members[Role.LEAD].worker)
    asked = ask_experience(actor=act(), at=at, case=case, dossier=dossier, way="printed")
    world.rows["experience"], world.refs["link"] = asked.experience, asked.address.rpartition("/")[2]


def make_track(track: Track, act: Callable[[], Any], at: datetime) -> Track:
    """Bring a Wmo track as far as its written result."""
    here, today = {"track": track, "at": at}, timezone.localdate(at)
    wmo.confirm_receipt(actor=act(), on=today, how="telefonisch", **here)
    wmo.tell_support(actor=act(), on=today, **here)
    for about in Topic.About:
        wmo.write_topic(actor=act(), about=about, state="na", **here)
    return wmo.give_result(actor=act(), on=today, words="Zij kookt samen met de buurvrouw.", follows="request", **here)
