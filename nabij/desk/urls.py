"""Addresses of desk. The ref is that of the dossier; of `done` that of the commitment, of `team_board` that of the team."""

from django.urls import path

from . import views

app_name = "desk"
urlpatterns = [
    path("", views.my_day, name="my_day"),
    path("done/<ref:ref>", views.done, name="done"),
    path("search", views.search, name="search"),
    path("residents/<ref:ref>", views.resident, name="resident"),
    path("residents/<ref:ref>/who-looked", views.who_looked, name="who_looked"),
    path("privacy", views.privacy, name="privacy"),
    path("team", views.own_team, name="own_team"),
    path("team/<ref:ref>", views.team_board, name="team_board"),
    path("sweep", views.sweep, name="sweep"),
]
