"""Addresses of administration. The ref is that of the person, the team or the membership."""

from django.urls import path

from . import views

app_name = "administration"
urlpatterns = [
    path("manage", views.manage, name="manage"),
    path("manage/people", views.people, name="people"),
    path("manage/people/new", views.new_person, name="new_person"),
    path("manage/people/<ref:ref>", views.person, name="person"),
    path("manage/people/<ref:ref>/change", views.change_person, name="change_person"),
    path("manage/people/<ref:ref>/password-mail", views.password_mail, name="password_mail"),
    path("manage/people/<ref:ref>/second-step", views.second_step, name="second_step"),
    path("manage/people/<ref:ref>/memberships/new", views.add_membership, name="add_membership"),
    path("manage/memberships/<ref:ref>/plan-end", views.plan_end, name="plan_end"),
    path("manage/memberships/<ref:ref>/end", views.end_membership, name="end_membership"),
    path("manage/teams", views.teams, name="teams"),
    path("manage/teams/new", views.new_team, name="new_team"),
    path("manage/teams/<ref:ref>", views.team, name="team"),
    path("manage/teams/<ref:ref>/change", views.change_team, name="change_team"),
    path("manage/teams/<ref:ref>/lead", views.appoint_lead, name="appoint_lead"),
    path("manage/teams/<ref:ref>/areas/new", views.add_area, name="add_area"),
    path("manage/teams/<ref:ref>/areas/end", views.end_area, name="end_area"),
    path("manage/duty", views.duty, name="duty"),
    path("manage/teams/<ref:ref>/duty", views.rota, name="rota"),
    path("manage/neighbourhoods", views.neighbourhoods, name="neighbourhoods"),
    path("manage/neighbourhoods/import", views.import_neighbourhoods, name="import_neighbourhoods"),
    path("manage/municipality", views.municipality, name="municipality"),
    path("manage/region", views.region, name="region"),
    path("manage/terms", views.change_terms, name="change_terms"),
    path("manage/front-door", views.front_door, name="front_door"),
]
