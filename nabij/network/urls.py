"""Addresses of the network. `ties`, `map`, `add_tie` and `household` take the ref of a dossier, `leave_household` that of a row of a household, the others that of a tie."""

from django.urls import path

from . import views

app_name = "network"
urlpatterns = [
    path("<ref:ref>", views.ties, name="ties"),
    path("<ref:ref>/map", views.network_map, name="map"),
    path("<ref:ref>/add", views.add_tie, name="add_tie"),
    path("<ref:ref>/household", views.household, name="household"),
    path("ties/<ref:ref>/change", views.change_tie, name="change_tie"),
    path("ties/<ref:ref>/end", views.end_tie, name="end_tie"),
    path("ties/<ref:ref>/carer", views.ask_carer, name="ask_carer"),
    path("members/<ref:ref>/leave", views.leave_household, name="leave_household"),
]
