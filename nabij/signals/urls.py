"""Addresses of signals."""

from django.urls import path

from .views import capturing, deciding, public, triage

app_name = "signals"
urlpatterns = [
    path("zorgen", public.public_form, name="public_form"),
    path("zorgen/received", public.received, name="received"),
    path("zorgen/status", public.status, name="status"),
    path("capture", capturing.capture, name="capture"),
    path("capture/mine", capturing.captures, name="captures"),
    path("triage", triage.triage, name="triage"),
    path("signals/<ref:ref>", triage.signal, name="signal"),
    path("signals/<ref:ref>/papers/<ref:paper>", triage.paper, name="paper"),
    path("signals/<ref:ref>/classify", deciding.classify, name="classify"),
    path("signals/<ref:ref>/decide", deciding.decide, name="decide"),
    path("signals/<ref:ref>/link", deciding.link, name="link"),
    path("signals/<ref:ref>/second-word", deciding.second_word, name="second_word"),
    path("signals/<ref:ref>/reopen", deciding.reopen, name="reopen"),
]
