"""Addresses of the meldcode. `of` and `start` take the ref of a dossier, `unname` that of a naming, the others that of the meldcode."""

from django.urls import path

from . import views

app_name = "meldcode"
urlpatterns = [
    path("of/<ref:ref>", views.of, name="of"),
    path("of/<ref:ref>/start", views.start, name="start"),
    path("named/<ref:ref>/end", views.unname, name="unname"),
    path("<ref:ref>", views.show, name="show"),
    path("<ref:ref>/step", views.step, name="step"),
    path("<ref:ref>/name", views.name, name="name"),
    path("<ref:ref>/take-over", views.take_over, name="take_over"),
]
