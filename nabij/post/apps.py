from django.apps import AppConfig


class PostConfig(AppConfig):
    name = "nabij.post"
    label = "post"
