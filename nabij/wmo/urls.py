"""Addresses of the Wmo track. `start` takes the ref of a signal, `start_case` that of a case, the others that of the track."""

from django.urls import path

from . import views

app_name = "wmo"
urlpatterns = [
    path("keep", views.keep, name="keep"),
    path("new/<ref:ref>", views.start, name="start"),
    path("new/case/<ref:ref>", views.start_case, name="start_case"),
    path("<ref:ref>", views.track, name="track"),
    path("<ref:ref>/confirm", views.confirm, name="confirm"),
    path("<ref:ref>/support", views.support, name="support"),
    path("<ref:ref>/plan", views.plan, name="plan"),
    path("<ref:ref>/urgent", views.urgent, name="urgent"),
    path("<ref:ref>/topic", views.topic, name="topic"),
    path("<ref:ref>/suspend", views.suspend, name="suspend"),
    path("<ref:ref>/extend", views.extend, name="extend"),
    path("<ref:ref>/result", views.result, name="result"),
    path("<ref:ref>/request", views.request_decision, name="request"),
    path("<ref:ref>/decide", views.decide, name="decide"),
    path("<ref:ref>/end", views.end, name="end"),
    path("<ref:ref>/letter.pdf", views.letter_pdf, name="letter_pdf"),
    path("<ref:ref>/letter.odt", views.letter_odt, name="letter_odt"),
]
