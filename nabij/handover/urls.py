"""Addresses of handing over. membership/: ref of the place in a team; items/: of one item; absences/: of one absence; about: of a dossier or a commitment."""

from django.urls import path

from . import views

app_name = "handover"
urlpatterns = [
    path("", views.list_all, name="list"),
    path("received", views.received, name="received"),
    path("membership/<ref:ref>/leave", views.leave, name="leave"),
    path("membership/<ref:ref>/worklist", views.worklist, name="worklist"),
    path("membership/<ref:ref>/date", views.move, name="move"),
    path("membership/<ref:ref>/finish", views.finish, name="finish"),
    path("membership/<ref:ref>/cancel", views.cancel, name="cancel"),
    path("membership/<ref:ref>/absence", views.absence, name="absence"),
    path("membership/<ref:ref>/several", views.several, name="several"),
    path("membership/<ref:ref>/duty", views.give_duty, name="give_duty"),
    path("membership/<ref:ref>/item/<ref:about>", views.item, name="item"),
    path("membership/<ref:ref>/named/<ref:about>", views.name_in, name="name_in"),
    path("items/<ref:ref>/answer", views.answer, name="answer"),
    path("items/<ref:ref>/refuse", views.refuse, name="refuse"),
    path("items/<ref:ref>/close", views.close, name="close"),
    path("items/<ref:ref>/withdraw", views.withdraw, name="withdraw"),
    path("absences/<ref:ref>/end", views.end_absence, name="end_absence"),
    path("absences/<ref:ref>/substitute", views.substitute, name="substitute"),
]
