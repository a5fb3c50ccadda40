"""Addresses of the number: `ref` is the dossier's. The number itself stands in no address."""

from django.urls import path

from . import views

app_name = "bsn"
urlpatterns = [
    path("<ref:ref>", views.number, name="number"),
    path("<ref:ref>/remove", views.remove, name="remove"),
]
