"""Addresses of digests."""

from django.urls import path

from . import views

app_name = "digests"
urlpatterns = [path("preferences", views.preferences, name="preferences")]
