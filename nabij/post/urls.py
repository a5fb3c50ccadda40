"""Addresses of the post. The ref is that of the message."""

from django.urls import path

from . import views

app_name = "post"
urlpatterns = [
    path("refused", views.refused, name="refused"),
    path("refused/<ref:ref>/accept", views.accept, name="accept"),
]
