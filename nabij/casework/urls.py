"""Addresses of casework. `goals`, `activities`, `copies` and `breakthroughs` take their own ref, `death` that of a dossier, the others that of the case."""

from django.urls import path

from . import views

app_name = "casework"
urlpatterns = [
    path("cases/new", views.open_case, name="open_case"),
    path("cases/<ref:ref>", views.plan, name="plan"),
    path("cases/<ref:ref>/question", views.question, name="question"),
    path("cases/<ref:ref>/goals", views.add_goal, name="add_goal"),
    path("cases/<ref:ref>/agree", views.agree, name="agree"),
    path("cases/<ref:ref>/network", views.ask_network, name="ask_network"),
    path("cases/<ref:ref>/activities", views.add_activity, name="add_activity"),
    path("cases/<ref:ref>/residents", views.link_resident, name="link_resident"),
    path("cases/<ref:ref>/coordinator", views.change_coordinator, name="change_coordinator"),
    path("cases/<ref:ref>/close", views.close_case, name="close_case"),
    path("cases/<ref:ref>/reopen", views.reopen_case, name="reopen_case"),
    path("cases/<ref:ref>/breakthrough", views.breakthrough, name="breakthrough"),
    path("cases/<ref:ref>/letter", views.letter, name="letter"),
    path("cases/<ref:ref>/letter/download", views.download_letter, name="download_letter"),
    path("cases/<ref:ref>/letter/keep", views.keep_copy, name="keep_copy"),
    path("cases/<ref:ref>/pictures", views.pictures, name="pictures"),
    path("copies/<ref:ref>", views.copy, name="copy"),
    path("breakthroughs/<ref:ref>/word", views.breakthrough_word, name="breakthrough_word"),
    path("manage/breakthrough-limit", views.breakthrough_limit, name="breakthrough_limit"),
    path("goals/<ref:ref>/end", views.end_goal, name="end_goal"),
    path("activities/<ref:ref>/finish", views.finish_activity, name="finish_activity"),
    path("activities/<ref:ref>/volunteer", views.give_volunteer, name="give_volunteer"),
    path("residents/<ref:ref>/death", views.record_death, name="record_death"),
]
