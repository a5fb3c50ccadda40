from django.apps import AppConfig


class BackupConfig(AppConfig):
    name = "nabij.backup"
    label = "backup"
