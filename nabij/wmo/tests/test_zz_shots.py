import pytest
from django.utils import timezone
from .test_in_browser import *
from nabij.wmo.actions import suspend_term, arrange_urgent
def test_shots(logged_in, member, signal):
    now=timezone.now(); t=now.date()
    track = make_track(member, signal.commitment.dossier, now, signal=signal)
    do(confirm_receipt, member, now, track=track, on=t, how="per brief")
    do(suspend_term, member, now, track=track, from_on=t, until_on=t+days(9), ground="away", told_on=t, told_how="telefonisch")
    for a in list(Topic.About)[:3]: do(write_topic, member, now, track=track, about=a, state="discussed", words="Rie kan zelf koken, maar tillen lukt niet meer. Haar dochter komt op zondag.")
    w=logged_in.viewport_size["width"]
    logged_in.goto(f"/wmo/new/{make_signal(member.team, at=now, dossier=make_resident(member.team,'Visser').dossier, asks_support=True).ref}")
    logged_in.screenshot(path=f"/tmp/wm_start_{w}.png", full_page=True)
    logged_in.goto(f"/wmo/{track.ref}")
    panel(logged_in, Pointer(logged_in), "Opschorten")
    logged_in.screenshot(path=f"/tmp/wm_track_{w}.png", full_page=True)
