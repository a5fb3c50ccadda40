"""Addresses of conferences. `of_case` and `new` take the ref of a case, `people` that of a participant, the others that of the conference."""

from django.urls import path

from . import views

app_name = "conferences"
urlpatterns = [
    path("of/<ref:ref>", views.of_case, name="of_case"),
    path("new/<ref:ref>", views.plan_conference, name="plan_conference"),
    path("people/<ref:ref>/remove", views.remove_participant, name="remove_participant"),
    path("<ref:ref>", views.conference, name="conference"),
    path("<ref:ref>/change", views.change_conference, name="change_conference"),
    path("<ref:ref>/people", views.add_participant, name="add_participant"),
    path("<ref:ref>/agreements", views.add_agreement, name="add_agreement"),
    path("<ref:ref>/hold", views.hold, name="hold"),
    path("<ref:ref>/cancel", views.cancel, name="cancel"),
]
