"""Addresses of duplicates. `of` and `look_at` take the ref of a dossier, `unmerge` and `widen` that of a merge, the others that of a pair."""

from django.urls import path

from . import views

app_name = "duplicates"
urlpatterns = [
    path("", views.pairs, name="list"),
    path("of/<ref:ref>", views.of, name="of"),
    path("of/<ref:ref>/look", views.look_at, name="look_at"),
    path("merges/<ref:ref>/undo", views.unmerge, name="unmerge"),
    path("merges/<ref:ref>/widen", views.widen, name="widen"),
    path("<ref:ref>", views.pair, name="pair"),
    path("<ref:ref>/merge", views.merge, name="merge"),
    path("<ref:ref>/different", views.different, name="different"),
]
