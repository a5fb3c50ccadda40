"""Addresses of outcomes. The pages of a case take its ref; `questions` takes the secret of a link."""

from django.urls import path

from . import views

app_name = "outcomes"
urlpatterns = [
    path("case/<ref:ref>", views.of_case, name="of_case"),
    path("case/<ref:ref>/ask", views.ask, name="ask"),
    path("case/<ref:ref>/paper", views.paper, name="paper"),
    path("thanks", views.thanks, name="thanks"),
    path("link/<str:secret>", views.questions, name="questions"),
]
