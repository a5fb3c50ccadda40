"""One mark in the words of every room above the case: what erasing and subject access must find, each thing finished again."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from nabij.access.actor import system_actor
from nabij.access.models import Dossier, Membership
from nabij.access.tests.factories import actor_for
from nabij.bsn.actions import record_number
from nabij.casework.models import Case
from nabij.commitments.actions import finish_task
from nabij.commitments.models import Commitment
from nabij.conferences import actions as conferences
from nabij.debts.actions import empty_file, keep_file
from nabij.debts.models import Debt
from nabij.debts.taking_in import take_in
from nabij.debts.tests.factories import file_of, row
from nabij.handover.actions import offer_item, refuse_item, start_handover
from nabij.life_domains.actions import Given, score_domains
from nabij.meldcode.actions import sign_step, start_meldcode
from nabij.network.actions import add_tie, set_household
from nabij.outcomes.actions import type_answer
from nabij.partners.actions import add_partner
from nabij.wmo import actions as wmo
from nabij.wmo.models import Topic

Do = Callable[..., Any]
# A resident reads of these rooms that there is something, and no word of it: a link is a secret, a number ends with three digits,
# an answer about a meldcode is given by a person. Merges, patterns and own pages are proved in their own rooms.
WITHOUT_WORDS = {"links", "bsn", "meldcode", "duplicates", "piling", "portal"}


def write_everywhere(do: Do, dossier: Dossier, case: Case, lead: Membership, colleague: Membership, mark: str) -> None:
    """Write the mark in every room that hangs on a resident or a case, while the case is open."""
    today = timezone.localdate()
    controller = dossier.controller
    controller.may_process_bsn = True
    controller.save()
    do(record_number, dossier=dossier, number="111222333")
    do(add_tie, dossier=dossier, kind="family", name=mark, ring=1)
    do(set_household, dossier=dossier, name=mark, from_on=today)
    do(score_domains, dossier=dossier, happened_on=today, given=[Given("money", 1, 2, mark, mark)])
    do(type_answer, case=case, dossier=dossier, on=today, answers={}, words=mark)
    signed = do(start_meldcode, dossier=dossier)
    do(sign_step, meldcode=signed, part="decide", on=today, words=mark, decision="help")
    _table(do, dossier, case, mark)
    _track(do, dossier, case, mark)
    _arrear(do, dossier, lead, mark)
    do(start_handover, membership=lead, reason="swap", planned_on=today + timedelta(days=9))
    asked = {"told": "not_told", "told_because": mark, "words": mark}
    item = do(offer_item, membership=lead, to=colleague, dossier=dossier, **asked)
    refuse_item(actor=actor_for(colleague), at=timezone.now(), item=item, because=mark)


def _table(do: Do, dossier: Dossier, case: Case, mark: str) -> None:
    now = timezone.now()
    table = do(conferences.plan_conference, case=case, starts_at=now + timedelta(minutes=5), question=mark, resident_part="present")
    do(conferences.add_participant, conference=table, name=mark, organisation=mark, why=mark, basis=mark)
    due_at = now + timedelta(days=1)
    agreed = do(conferences.add_agreement, conference=table, dossier=dossier, text=mark, outsider=mark, due_at=due_at)
    do(finish_task, task=agreed.task)
    do(conferences.hold_conference, conference=table, resident_part="present", notes=mark)


def _track(do: Do, dossier: Dossier, case: Case, mark: str) -> None:
    today = timezone.localdate()
    track = do(wmo.start_track, dossier=dossier, case=case, reference=mark)
    do(wmo.confirm_receipt, track=track, on=today, how=mark)
    do(wmo.tell_support, track=track, on=today)
    for about in Topic.About:
        do(wmo.write_topic, track=track, about=about, state="na" if about == Topic.About.PAYING else "discussed", words=mark)
    do(wmo.give_result, track=track, on=today, words=mark, follows="nothing")


def _arrear(do: Do, dossier: Dossier, lead: Membership, mark: str) -> None:
    system = system_actor(at=timezone.now())
    facts = {"kind": "landlord", "purpose": "vroege hulp", "basis": "Wgs art. 3", "may_debts": True}
    partner = add_partner(actor=system, at=timezone.now(), municipality=dossier.municipality, name="De Vliet", team=lead.team, **facts)
    words = {"kenmerk": mark, "naam": mark, "adres": mark, "gemeld op": f"{timezone.localdate():%d-%m-%Y}"}
    file = do(keep_file, partner=partner, name="a.csv", content=file_of([row(1, **words)]))
    take_in(file=file, actor=system, at=timezone.now())
    empty_file(actor=system, at=timezone.now(), file=file)  # it is about many people: the sweep does this in a few weeks
    Commitment.objects.filter(pk=Debt.objects.get().pk).update(dossier=dossier, closed_at=timezone.now(), outcome="nothing")
