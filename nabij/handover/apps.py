from django.apps import AppConfig


class HandoverConfig(AppConfig):
    name = "nabij.handover"
    label = "handover"
