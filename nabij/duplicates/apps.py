from django.apps import AppConfig


class DuplicatesConfig(AppConfig):
    name = "nabij.duplicates"
    label = "duplicates"
