"""Addresses of piling up. `of` takes the ref of a dossier, `withdraw` that of an assessment."""

from django.urls import path

from . import views

app_name = "piling"
urlpatterns = [
    path("", views.listing, name="list"),
    path("dpia", views.dpia, name="dpia"),
    path("dpia/<ref:ref>/withdraw", views.withdraw, name="withdraw"),
    path("<ref:ref>", views.of, name="of"),
]
