app_name = "debts"

urlpatterns: list = []
