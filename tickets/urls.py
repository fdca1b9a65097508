from django.urls import path

from tickets.views import queue

urlpatterns = [
    path("escalations/", queue.escalations, name="escalations"),
    path("escalations/queue", queue.refreshed, name="escalations-queue"),
    path("escalations/<uuid:hid>/claim", queue.claim, name="handoff-claim"),
    path("escalations/<uuid:hid>/take-back", queue.take_back, name="handoff-take-back"),
]
