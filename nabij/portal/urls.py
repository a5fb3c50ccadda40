"""Addresses of the own page. What a resident opens has no ref: the code is typed into a form. The worker's pages take the ref of a dossier."""

from django.urls import path

from . import views

app_name = "portal"
urlpatterns = [
    path("", views.enter, name="enter"),
    path("plan", views.plan, name="plan"),
    path("pictures", views.pictures, name="pictures"),
    path("contacts", views.contacts, name="contacts"),
    path("who-looked", views.looks, name="looks"),
    path("download", views.download, name="download"),
    path("wrong", views.wrong, name="wrong"),
    path("leave", views.leave, name="leave"),
    path("<ref:ref>/manage", views.manage, name="manage"),
    path("<ref:ref>/parts", views.parts, name="parts"),
    path("<ref:ref>/close", views.close, name="close"),
    path("<ref:ref>/code", views.code, name="code"),
    path("<ref:ref>/visit", views.visit, name="visit"),
]
