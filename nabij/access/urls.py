"""Addresses of access: who may open a dossier. The ref is that of the dossier; what an administrator keeps in order is in administration."""

from django.urls import path

from . import views

app_name = "access"
urlpatterns = [
    path("dossiers/<ref:ref>/restrict", views.restrict, name="restrict"),
    path("dossiers/<ref:ref>/widen", views.widen, name="widen"),
    path("dossiers/<ref:ref>/share", views.share, name="share"),
    path("dossiers/<ref:ref>/end-sharing", views.end_sharing, name="end_sharing"),
    path("dossiers/<ref:ref>/know-resident", views.know_resident, name="know_resident"),
]
