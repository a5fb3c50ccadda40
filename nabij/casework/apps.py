from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "nabij.casework"
    label = "casework"
