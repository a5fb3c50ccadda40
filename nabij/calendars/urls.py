"""Addresses of calendars. `feed` takes the secret of a link; `show` the ref of a commitment."""

from django.urls import path

from . import views

app_name = "calendars"
urlpatterns = [
    path("", views.own, name="own"),
    path("make", views.make, name="make"),
    path("withdraw", views.withdraw, name="withdraw"),
    path("<ref:ref>", views.show, name="show"),
    path("feed/<str:secret>.ics", views.feed, name="feed"),
]
