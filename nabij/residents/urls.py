"""Addresses of residents: `ref` is the dossier's."""

from django.urls import path

from . import emergency_pages, views

app_name = "residents"
urlpatterns = [
    path("new", views.create, name="create"),
    path("emergency", emergency_pages.break_glass, name="break_glass"),
    path("<ref:ref>/names", views.names, name="names"),
    path("<ref:ref>/addresses", views.addresses, name="addresses"),
    path("<ref:ref>/reach", views.reach, name="reach"),
    path("<ref:ref>/safety", views.safety, name="safety"),
    path("<ref:ref>/authority", views.authority, name="authority"),
    path("<ref:ref>/away", views.away, name="away"),
]
