from datetime import timedelta
from io import BytesIO

import odfdo
import pytest
from django.utils import timezone

from nabij.access.tests.factories import actor_for, make_member, make_team
from nabij.audit.models import Entry
from nabij.casework.actions import (
    add_activity,
    add_goal,
    agree_plan,
    ask_breakthrough,
    close_case,
    finish_activity,
    keep_copy,
)
from nabij.casework.letters import letter_about, letter_bytes, picture_tiles
from nabij.casework.models import PlanCopy
from nabij.casework.queries import plan_page
from nabij.commitments.tests.factories import log_in
from nabij.contacts.tests.factories import make_contact
from nabij.core.errors import Absent, Refused
from nabij.letters import Items, Table, Text
from nabij.letters.pictograms import SHAPES, alts
from nabij.letters.tests import tags
from nabij.letters.tests.reading import words
from nabij.residents.actions import add_address
from nabij.residents.tests.factories import make_resident
from tests.support.meanwhile import in_between

from .factories import make_case

pytestmark = pytest.mark.django_db
HARD = "Ik wil #rust en *geen* [post] van $bureau$."


@pytest.fixture
def member():
    return make_member(make_team(), name="Samira")


@pytest.fixture
def dossier(member):
    return make_resident(member.team, "Bakker", call_name="Rie").dossier


@pytest.fixture
def case(member, dossier):
    return make_case(member, dossier, question=HARD)


@pytest.fixture
def planned(member, case):
    goal = do(add_goal, member, case=case, text="Elke week naar het koor")
    do(agree_plan, member, case=case, how="spoken", on=timezone.localdate(), present="Rie en Samira")
    do(add_activity, member, case=case, text="Samen fietsen", rung=2, carrier="Els van hiernaast", goal=goal)
    return case


def do(action, by, /, **facts):
    return action(actor=actor_for(by), at=timezone.now(), **facts)


def letter(member, case, dossier, kind="plan", language="nl"):
    return letter_about(actor=actor_for(member), case=case, dossier=dossier, kind=kind, language=language)


def said(made):
    """Return every word of a letter on one line."""
    found = [made.title, *made.sender, *made.to]
    for block in made.blocks:
        if isinstance(block, Items):
            found += block.items
        elif isinstance(block, Table):
            found += [*block.columns, *(cell for row in block.rows for cell in row)]
        else:
            found.append(getattr(block, "text", "") or " ".join(tile.text for tile in getattr(block, "tiles", ())))
    return " | ".join(found)


def test_the_plan_letter_says_question_goals_who_does_what_and_whom_to_call(member, planned, dossier):
    told = said(letter(member, planned, dossier))
    wanted = (
        "Uw plan", "Beste Rie Bakker,", HARD, "Elke week naar het koor", "Samen fietsen", "Els van hiernaast", "Mensen om u heen", "Rie en Samira",
        "Samira van Team Gors is uw vaste contactpersoon.", "Telefoon: 0299 111 111.", "Uiterlijk",
    )  # fmt: skip
    assert [words for words in wanted if words not in told] == []


def test_the_plan_letter_is_complete_in_english(member, planned, dossier):
    told = said(letter(member, planned, dossier, language="en"))
    for sentence in ("Your plan", "Dear Rie Bakker,", "People around you", "Samira is your contact person", "What do you want to reach?"):
        assert sentence in told
    assert "contactpersoon" not in told


def test_no_word_of_our_own_trade_stands_in_a_letter(member, planned, dossier):
    do(close_case, member, case=planned, results={planned.goals.get().pk: ("reached", "Zij zingt mee")}, resident_word="Fijn", reason="Klaar", end_activities=True)
    for kind in ("plan", "result", "pictures"):
        told = said(letter(member, planned, dossier, kind)).lower()
        assert [word for word in ("eigen kracht", "trede", "casus", "regisseur", "dossier", "cliënt") if word in told] == []


def test_notes_of_colleagues_and_reasons_and_amounts_of_measures_never_stand_in_a_letter(member, planned, dossier):
    make_contact(member, dossier, words="Ruikt naar drank")
    peer = make_member(member.team, name="Bo")
    measure = {"rung": 5, "carrier": "Wij", "reason": "Bijstand te traag"}
    do(ask_breakthrough, member, case=planned, text="Fiets kopen", **measure)
    do(ask_breakthrough, member, case=planned, text="Wasmachine kopen", amount=900, peer=peer, **measure)
    told = said(letter(member, planned, dossier))
    assert "Fiets kopen" in told
    assert [word for word in ("drank", "te traag", "900", "Wasmachine") if word in told] == []


def test_a_secret_address_is_left_out_with_every_other_address(member, planned, dossier):
    do(add_address, member, dossier=dossier, street="Kerkstraat", number="1", postcode="1441AB", place="Purmerend")
    assert letter(member, planned, dossier).to == ["Rie Bakker", "Kerkstraat 1", "1441 AB Purmerend"]
    do(add_address, member, dossier=dossier, street="Schuilweg", number="9", postcode="1442AB", place="Purmerend", secret=True)
    assert letter(member, planned, dossier).to == ["Rie Bakker"]
    assert "Schuilweg" not in said(letter(member, planned, dossier))


def test_the_result_letter_says_how_every_goal_ended_and_what_the_resident_says(member, planned, dossier):
    do(finish_activity, member, activity=planned.activities.get())
    do(close_case, member, case=planned, results={planned.goals.get().pk: ("partly", "Twee keer geweest")}, resident_word="Het was fijn.", reason="Klaar.")
    told = said(letter(member, planned, dossier, "result"))
    for sentence in ("Hoe onze samenwerking afliep", "Deels bereikt", "Twee keer geweest", "Het was fijn.", "Samen fietsen", "Gaat het weer minder goed?"):
        assert sentence in told
    assert "Klaar." not in told


def test_the_pdf_reads_back_what_the_resident_wrote_and_is_tagged(member, planned, dossier):
    made = letter_bytes(actor=actor_for(member), case=planned, dossier=dossier, kind="plan", form="pdf", language="nl")
    assert HARD.replace(" ", "") in words(made)
    assert tags.outside_tags(made) == []
    assert len(tags.tree(made).every("H2")) == 5


def test_the_odt_opens_and_holds_the_same_words(member, planned, dossier):
    made = letter_bytes(actor=actor_for(member), case=planned, dossier=dossier, kind="plan", form="odt", language="nl")
    assert HARD in "".join(part.inner_text for part in odfdo.Document(BytesIO(made)).body.get_paragraphs())


def test_pictures_show_goals_activities_the_day_and_the_telephone(member, planned):
    tiles = picture_tiles(plan_page(actor=actor_for(member), case=planned))
    assert [tile.shape for tile in tiles][:2] == [SHAPES["goal"], SHAPES["walk"]]
    assert [tile.words for tile in tiles][1] == "Samen fietsen: Els van hiernaast"
    assert tiles[-1].words == "0299 111 111"
    assert set(alts()) == set(SHAPES)


@pytest.mark.parametrize("count", [1, 6, 14])
def test_the_plan_in_pictures_is_one_page(member, planned, dossier, count):
    for number in range(count):
        do(add_activity, member, case=planned, text=f"Samen de post openen en sorteren, keer {number}", rung=3, carrier="Joke van de buurtkamer")
    made = letter_bytes(actor=actor_for(member), case=planned, dossier=dossier, kind="pictures", form="pdf", language="nl")
    assert len(tags.opened(made).pages) == 1
    assert len(tags.tree(made).every("Figure")) == count + 5


def test_a_letter_leaves_no_trace_of_markup_from_a_paragraph_of_a_resident(member, planned, dossier):
    assert Text(HARD) in letter(member, planned, dossier).blocks


def test_downloading_is_written_down_as_a_copy(client, member, planned, dossier):
    log_in(client, member.worker)
    for form, kind in (("pdf", "application/pdf"), ("odt", "application/vnd.oasis.opendocument.text")):
        answer = client.get(f"/cases/{planned.ref}/letter/download", {"form": form, "kind": "plan", "dossier": dossier.ref})
        assert (answer.status_code, answer["Content-Type"], "Bakker" in answer["Content-Disposition"]) == (200, kind, False)
    assert Entry.objects.filter(verb="casework.download_letter", event="copy", dossier_id=dossier.pk).count() == 2


@pytest.mark.parametrize("wrong", [{"kind": "bill"}, {"form": "docx"}, {"language": "fy"}, {"dossier": "nobody"}])
def test_a_letter_that_there_is_not_is_not_downloaded_and_not_written_down(client, member, planned, wrong):
    log_in(client, member.worker)
    assert client.get(f"/cases/{planned.ref}/letter/download", wrong).status_code == 404
    assert Entry.objects.filter(verb="casework.download_letter").count() == 0


@pytest.mark.parametrize("page", ["letter", "letter/download"])
def test_a_dossier_that_closes_while_its_letter_is_asked_for_has_none(client, member, planned, page):
    log_in(client, member.worker)
    with in_between('SELECT DISTINCT "access_dossier"', "UPDATE access_dossier SET restricted = TRUE"):
        assert client.get(f"/cases/{planned.ref}/{page}").status_code == 404


def test_the_page_shows_the_letter_and_keeps_what_was_handed_over(client, member, planned, dossier):
    log_in(client, member.worker)
    page = client.get(f"/cases/{planned.ref}/letter", {"kind": "plan"}).content.decode()
    assert "Samen fietsen" in page
    sent = {"dossier": dossier.ref, "kind": "plan", "language": "nl", "form": "pdf", "handed_on": f"{timezone.localdate()}"}
    assert "Het afschrift is bewaard" in client.post(f"/cases/{planned.ref}/letter/keep", sent, follow=True).content.decode()
    kept = PlanCopy.objects.get()
    assert client.get(f"/copies/{kept.ref}").content.startswith(b"%PDF")
    assert (kept.dossier, kept.paper.dossier, kept.by) == (dossier, dossier, member)


def test_a_copy_is_not_kept_for_a_day_to_come_or_for_somebody_of_another_case(member, planned, dossier):
    facts = {"case": planned, "kind": "plan", "form": "pdf", "language": "nl"}
    with pytest.raises(Refused):
        do(keep_copy, member, dossier=dossier, handed_on=timezone.localdate() + timedelta(days=1), **facts)
    other = make_resident(member.team, "Jansen").dossier
    with pytest.raises(Absent):
        do(keep_copy, member, dossier=other, handed_on=timezone.localdate(), **facts)


def test_another_team_and_a_volunteer_get_no_letter(client, member, planned):
    others = [make_member(make_team(member.team.municipality), name="Wen"), make_member(member.team, "volunteer", name="Vic")]
    for other in others:
        log_in(client, other.worker)
        for page in ("letter", "letter/download", "pictures"):
            assert client.get(f"/cases/{planned.ref}/{page}").status_code == 404
