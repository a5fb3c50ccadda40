from django.apps import AppConfig


class CommitmentsConfig(AppConfig):
    name = "nabij.commitments"
    label = "commitments"
