"""Addresses of arrears. The ref is that of the file, the signal or (of results) the partner."""

from django.urls import path

from . import views

app_name = "debts"
urlpatterns = [
    path("", views.files, name="files"),
    path("files/<ref:ref>", views.file, name="file"),
    path("files/<ref:ref>/take-in", views.take_in, name="take_in"),
    path("files/<ref:ref>/drop", views.drop, name="drop"),
    path("files/<ref:ref>/refused", views.refused, name="refused"),
    path("partners/<ref:ref>/results", views.results, name="results"),
    path("<ref:ref>", views.debt, name="debt"),
    path("<ref:ref>/tried", views.tried, name="tried"),
    path("<ref:ref>/result", views.result, name="result"),
    path("<ref:ref>/known", views.known, name="known"),
]
