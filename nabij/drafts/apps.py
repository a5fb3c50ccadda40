from django.apps import AppConfig


class DraftsConfig(AppConfig):
    name = "nabij.drafts"
    label = "drafts"
