"""Addresses of commitments. The ref is always that of the commitment; of workers/ that of the person."""

from django.urls import path

from . import blocking_pages, views

app_name = "commitments"
urlpatterns = [
    path("tasks/new", views.add_task, name="add_task"),
    path("<ref:ref>/take", views.take, name="take"),
    path("<ref:ref>/hand-over", views.hand_over, name="hand_over"),
    path("<ref:ref>/date", views.set_date, name="set_date"),
    path("<ref:ref>/pause", views.pause, name="pause"),
    path("<ref:ref>/resume", views.resume, name="resume"),
    path("workers/<ref:ref>/block", blocking_pages.block_worker, name="block_worker"),
    path("workers/<ref:ref>/unblock", blocking_pages.unblock_worker, name="unblock_worker"),
    path("<ref:ref>/finish", views.finish_task, name="finish_task"),
]
