"""Addresses of contacts. `tried` and `well` take the ref of a commitment, `edit` that of a text, `moments` that of a dossier, the others that of a contact."""

from django.urls import path

from . import views

app_name = "contacts"
urlpatterns = [
    path("new", views.record, name="record"),
    path("tried/<ref:ref>", views.tried, name="tried"),
    path("well/<ref:ref>", views.well, name="well"),
    path("of/<ref:ref>", views.moments, name="moments"),
    path("texts/<ref:ref>", views.edit, name="edit"),
    path("<ref:ref>/withdraw", views.withdraw, name="withdraw"),
    path("<ref:ref>", views.contact, name="contact"),
]
