import csv
from collections import Counter
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from nabij.access.tests.factories import actor_for, make_team
from nabij.post.models import Incoming, Outgoing
from nabij.post.tests.factories import CORPUS, MANIFEST, raw_mail, ten_megabytes, write_mbox
from nabij.signals import mailroom
from nabij.signals.actions import decide, take_mail
from nabij.signals.models import Signal

from .factories import MONDAY, make_signal

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return make_team(name="Voordeur", kind="front_door")


def states() -> dict[str, int]:
    return dict(Counter(Incoming.objects.values_list("state", flat=True)))


def folder(tmp_path: Path, *raws: bytes) -> Path:
    for number, raw in enumerate(raws):
        (tmp_path / f"{number:02}.eml").write_bytes(raw)
    return tmp_path


def bring_in(path: Path, team, at=MONDAY) -> mailroom.MailReport:
    return mailroom.import_mail(path=path, team=team, at=at)


def send_ours(team, ref: str) -> Signal:
    """A signal, and the mail about it that a message of the corpus answers."""
    signal = make_signal(team)
    Outgoing(ref=ref, to="bep@post.example", subject="x", body="x", about_kind="signal", about_ref=signal.ref, created_at=MONDAY, not_before=MONDAY).save()
    return signal


def test_every_message_of_the_corpus_becomes_what_the_manifest_says(team):
    for ref in ("h2m4k6p8r3t5v7w9x2y4", "j3k5m7n9q2s4u6w8y3z5"):
        send_ours(team, ref)
    report = bring_in(CORPUS, team)
    assert report.tally.read == len(list(CORPUS.glob("*.eml"))) == len(MANIFEST) >= 30
    assert (report.failed, report.tally.problems) == ([], [])
    became = {Path(row.source).name: f"{row.state}:{row.refusal}".rstrip(":") for row in Incoming.objects.all()}
    wanted = {one["file"]: one["result"] for one in MANIFEST if not one["result"].startswith("same:")}
    assert became == wanted
    assert report.tally.known == len(MANIFEST) - len(wanted)
    assert Signal.objects.filter(channel="email").count() == list(wanted.values()).count("signal")


def test_a_second_run_adds_nothing(team):
    bring_in(CORPUS, team)
    before, count = states(), Signal.objects.count()
    again = bring_in(CORPUS, team)
    assert (again.tally.known, again.tally.new, dict(again.became)) == (again.tally.read, 0, {})
    assert (states(), Signal.objects.count()) == (before, count)


def test_ten_megabytes_are_refused_with_a_reason(team, tmp_path):
    report = bring_in(folder(tmp_path, ten_megabytes()), team)
    assert dict(report.tally.refused) == {"too_large": 1}
    assert Signal.objects.count() == 0


def test_the_sender_becomes_a_reporter_known_only_to_us(team, tmp_path):
    bring_in(folder(tmp_path, raw_mail("Mijn buurman doet niet open.", From="Bep <bep@post.example>", Subject="Buurman")), team)
    signal = Signal.objects.get()
    assert (signal.channel, signal.words, signal.title) == ("email", "Mijn buurman doet niet open.", "Buurman")
    kept = signal.reporter
    assert (kept.openness, kept.name, kept.email, kept.can_mail) == ("known", "Bep", "bep@post.example", True)
    assert signal.commitment.team == team


def test_a_program_cannot_be_answered(team, tmp_path):
    bring_in(folder(tmp_path, raw_mail("Er is een storing.", From="noreply@post.example")), team)
    assert Signal.objects.get().reporter.can_mail is False


def test_files_stay_with_the_signal(team):
    bring_in(CORPUS, team)
    kept = Signal.objects.get(source_key__contains=Incoming.objects.get(source__contains="32-alleen-bijlage").digest)
    assert kept.signal_papers.count() == 1


def test_a_message_half_way_goes_on_with_the_next(team, tmp_path, monkeypatch):
    def stumble(*, actor, at, incoming):
        if "01" in incoming.source:
            raise RuntimeError("broken disk")
        return take_mail(actor=actor, at=at, incoming=incoming)

    path = folder(tmp_path, *(raw_mail(f"Bericht {n}", Message_ID=f"<{n}@post.example>") for n in range(3)))
    monkeypatch.setattr(mailroom, "take_mail", stumble)
    assert bring_in(path, team).failed == [("01.eml", "RuntimeError")]
    assert states() == {"signal": 2, "received": 1}
    monkeypatch.undo()
    assert dict(bring_in(path, team).became) == {"signal": 1}
    assert states() == {"signal": 3}


def test_stopped_after_the_seventh_message_nothing_is_lost_and_nothing_twice(team, monkeypatch):
    class Stopped(BaseException):
        pass

    handled = []

    def seven(**kwargs):
        if len(handled) == 7:
            raise Stopped
        handled.append(take_mail(**kwargs))

    monkeypatch.setattr(mailroom, "take_mail", seven)
    with pytest.raises(Stopped):
        bring_in(CORPUS, team)
    monkeypatch.undo()
    first = set(Signal.objects.values_list("pk", flat=True))
    bring_in(CORPUS, team)
    assert first <= set(Signal.objects.values_list("pk", flat=True))
    assert "received" not in states()
    assert Signal.objects.count() == states()["signal"]
    assert Incoming.objects.count() == len({row.digest for row in Incoming.objects.all()})


def test_half_a_message_is_no_message(team, tmp_path, monkeypatch):
    monkeypatch.setattr("nabij.signals.actions.taking_mail.settle_mail", lambda **_: 1 / 0)
    report = bring_in(folder(tmp_path, raw_mail("Hallo")), team)
    assert report.failed == [("00.eml", "ZeroDivisionError")]
    assert (Signal.objects.count(), states()) == (0, {"received": 1})


def test_an_mbox_says_what_became_of_it_and_lists_the_refused(team, tmp_path, capsys):
    box = write_mbox(tmp_path / "wijk.mbox", [raw_mail("Help ons"), raw_mail("", Subject=None), raw_mail("Help ons")])
    call_command("import_mail", box, refused=tmp_path / "refused.csv")
    shown = capsys.readouterr().out
    assert "3 berichten gelezen" in shown
    assert "Was al bekend" in shown
    rows = list(csv.DictReader((tmp_path / "refused.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert [(row["code"], row["file"]) for row in rows] == [("empty", "wijk.mbox#000002")]
    assert (tmp_path / "refused.csv").stat().st_mode & 0o077 == 0


def test_a_subject_is_no_formula(team, tmp_path):
    bring_in(folder(tmp_path, raw_mail("", Subject=None, From="=cmd@post.example")), team)
    mailroom.write_refused(file=tmp_path / "refused.csv", team=team)
    assert ",'=cmd" in (tmp_path / "refused.csv").read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(("path", "team_name"), [("/nowhere/at/all", "Voordeur"), (str(CORPUS), "Team Bestaat Niet")], ids=["path", "team"])
def test_a_wrong_path_or_team_says_what_to_do(team, path, team_name):
    with pytest.raises(CommandError):
        call_command("import_mail", path, team=team_name)
    assert Incoming.objects.count() == 0


def reply_to_our_mail(team, tmp_path) -> Signal:
    """A neighbour's mail, our feedback, and her answer to it."""
    bring_in(folder(tmp_path, raw_mail("De post stapelt op.", From="bep@post.example", Subject="Buurman")), team)
    return Signal.objects.get()


def test_a_reply_to_our_mail_joins_its_signal_and_opens_it_again(team, tmp_path):
    signal = reply_to_our_mail(team, tmp_path)
    lead = actor_for(team.lead, MONDAY)
    decide(actor=lead, at=MONDAY, signal=signal, kind="answer", asks_support=False)
    ours = Outgoing.objects.get(about_ref=signal.ref)
    reply = raw_mail("Het is nu erger.", From="bep@post.example", Message_ID="<r1@post.example>", In_Reply_To=f"<{ours.message_id}>")
    later = tmp_path / "later"
    later.mkdir()
    assert dict(bring_in(folder(later, reply), team).became) == {"linked": 1}
    signal.commitment.refresh_from_db()
    assert signal.commitment.is_open
    assert list(signal.decisions.values_list("state", flat=True)) == ["withdrawn"]
    assert Signal.objects.count() == 1


def test_a_reply_that_names_a_mail_of_another_municipality_is_a_new_signal(team, tmp_path):
    signal = reply_to_our_mail(team, tmp_path)
    other = make_team(name="Elders")
    reply = raw_mail("Nog iets", Message_ID="<r2@post.example>", In_Reply_To="<" + Incoming.objects.get().message_id + ">")
    later = tmp_path / "later"
    later.mkdir()
    bring_in(folder(later, reply), other)
    assert Signal.objects.exclude(pk=signal.pk).get().commitment.team == other
