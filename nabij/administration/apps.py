from django.apps import AppConfig


class AdministrationConfig(AppConfig):
    name = "nabij.administration"
    label = "administration"
