"""Addresses of life domains. `scores` and `picture` take the ref of a dossier, `withdraw` that of a moment."""

from django.urls import path

from . import views

app_name = "life_domains"
urlpatterns = [
    path("<ref:ref>", views.scores, name="scores"),
    path("<ref:ref>/picture", views.picture, name="picture"),
    path("moments/<ref:ref>/withdraw", views.withdraw, name="withdraw"),
]
