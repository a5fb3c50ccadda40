"""Addresses of desk."""

from django.urls import path

from . import views

app_name = "desk"
urlpatterns = [
    path("", views.my_day, name="my_day"),
    path("done/<ref:ref>", views.done, name="done"),
]
