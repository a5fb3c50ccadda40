"""Addresses of partners. The ref is that of the partner, or of the key."""

from django.urls import path

from . import views

app_name = "partners"
urlpatterns = [
    path("", views.partners, name="partners"),
    path("new", views.add, name="add"),
    path("<ref:ref>/change", views.change, name="change"),
    path("<ref:ref>/end", views.end, name="end"),
    path("<ref:ref>/keys/new", views.make_token, name="make_token"),
    path("keys/<ref:ref>/end", views.end_token, name="end_token"),
]
