"""Which rooms have something about a resident, and what each gives to the sweep, to erasing and to subject access.

A test fails when a table with a way to a dossier stands in no list: forgetting a room would leave a name behind.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from nabij.access.models import Acquaintance, Dossier, Grant, Sharing
from nabij.bsn.actions import erase_numbers
from nabij.bsn.models import CitizenNumber
from nabij.bsn.queries import export_numbers
from nabij.casework.actions import erase_cases
from nabij.casework.models import Activity, AgeReview, Breakthrough, Case, CaseDossier, Goal, NetworkAsk, PlanCopy
from nabij.casework.queries import export_cases
from nabij.commitments.models import Commitment, Kind, OnCommitment, Pause, Task, Turn
from nabij.conferences.actions import erase_conferences
from nabij.conferences.models import Agreement, Conference, Opening, Participant
from nabij.conferences.queries import export_conferences
from nabij.contacts.actions import erase_contacts
from nabij.contacts.models import Contact, ContactText
from nabij.contacts.queries import export_contacts
from nabij.debts.actions import erase_debts
from nabij.debts.models import Debt, DebtAttempt, DebtFile, RefusedRow
from nabij.debts.queries import export_debts
from nabij.duplicates.actions import erase_duplicates
from nabij.duplicates.models import Merge, Pair
from nabij.duplicates.queries import export_duplicates
from nabij.handover.actions import erase_handovers
from nabij.handover.models import Handover, HandoverItem
from nabij.handover.queries import export_handovers
from nabij.life_domains.actions import erase_scores
from nabij.life_domains.models import Moment, Score
from nabij.life_domains.queries import export_scores
from nabij.links.actions import erase_links
from nabij.links.models import Link
from nabij.links.queries import export_links
from nabij.meldcode.actions import erase_meldcodes
from nabij.meldcode.models import Meldcode, MeldStep, Named
from nabij.meldcode.queries import export_meldcodes
from nabij.network.actions import erase_network
from nabij.network.models import CarerLoad, HouseholdMember, Tie
from nabij.network.queries import export_network
from nabij.outcomes.actions import erase_experiences
from nabij.outcomes.models import Experience
from nabij.outcomes.queries import export_experiences
from nabij.papers.models import Paper
from nabij.piling.actions import erase_seen
from nabij.piling.models import Seen
from nabij.piling.queries import export_seen
from nabij.portal.actions import erase_pages
from nabij.portal.models import Correction, OwnPage, Visit
from nabij.portal.queries import export_pages
from nabij.post.models import Incoming, IncomingFile
from nabij.residents.actions import erase_residents
from nabij.residents.models import (
    Address,
    Away,
    ContactWay,
    ParentalAuthority,
    Representative,
    Resident,
    SafetyNote,
    SearchKey,
    SearchLine,
)
from nabij.residents.queries import export_residents
from nabij.signals.actions import erase_signals
from nabij.signals.models import Decision, Reporter, Signal, SignalPaper
from nabij.signals.queries import export_signals
from nabij.wmo.actions import erase_tracks
from nabij.wmo.models import Move, Topic, Track
from nabij.wmo.queries import export_tracks

from .emptying import erase_access, erase_commitments, erase_papers
from .models import Escalation
from .queries import export_access, export_commitments, export_papers

Models = tuple[type[Model], ...]


@dataclass(frozen=True)
class RoomList:
    """One room: its tables about residents, the step that empties them, the query that tells a resident what stands in them."""

    room: str
    tables: Models
    erase: Callable[..., Any]
    export: Callable[..., list[dict[str, Any]]]


# Upper rooms first: they read what the rooms below them will have emptied.
ROOMS: tuple[RoomList, ...] = (
    RoomList("handover", (Handover, HandoverItem), erase_handovers, export_handovers),
    # a file of arrears is about many people: it is emptied by the sweep, a few weeks after it came
    RoomList("portal", (Correction, OwnPage, Visit), erase_pages, export_pages),
    RoomList("piling", (Seen,), erase_seen, export_seen),
    RoomList("debts", (Debt, DebtAttempt, DebtFile, RefusedRow), erase_debts, export_debts),
    RoomList("outcomes", (Experience,), erase_experiences, export_experiences),
    RoomList("meldcode", (Meldcode, MeldStep, Named), erase_meldcodes, export_meldcodes),
    RoomList("wmo", (Move, Topic, Track), erase_tracks, export_tracks),
    RoomList("conferences", (Agreement, Conference, Opening, Participant), erase_conferences, export_conferences),
    RoomList(
        "casework",
        (Activity, AgeReview, Breakthrough, Case, CaseDossier, Goal, NetworkAsk, PlanCopy),
        erase_cases,
        export_cases,
    ),
    # mail about a signal is emptied with the signal
    RoomList(
        "signals", (Decision, Incoming, IncomingFile, Reporter, Signal, SignalPaper), erase_signals, export_signals
    ),
    # before the residents: the mark of who was erased is made from the name
    RoomList("duplicates", (Merge, Pair), erase_duplicates, export_duplicates),
    RoomList("contacts", (Contact, ContactText), erase_contacts, export_contacts),
    RoomList("life_domains", (Moment, Score), erase_scores, export_scores),
    RoomList("network", (CarerLoad, HouseholdMember, Tie), erase_network, export_network),
    RoomList(
        "residents",
        (Address, Away, ContactWay, ParentalAuthority, Representative, Resident, SafetyNote, SearchKey, SearchLine),
        erase_residents,
        export_residents,
    ),
    RoomList("links", (Link,), erase_links, export_links),
    RoomList("bsn", (CitizenNumber,), erase_numbers, export_numbers),
    RoomList("papers", (Paper,), erase_papers, export_papers),
    # a Turn and an Escalation hold colleagues and dates only: who answered for it stays
    RoomList("commitments", (Commitment, Escalation, Pause, Task, Turn), erase_commitments, export_commitments),
    RoomList("access", (Acquaintance, Dossier, Grant, Sharing), erase_access, export_access),
)

# What can be open, and the table that says what it is.
KIND_ROWS: dict[Kind, type[OnCommitment]] = {
    Kind.SIGNAL: Signal,
    Kind.CASE: Case,
    Kind.ACTIVITY: Activity,
    Kind.CONFERENCE: Conference,
    Kind.TASK: Task,
    Kind.HANDOVER: HandoverItem,
    Kind.WMO: Track,
    Kind.MELDCODE: Meldcode,
}
