from django.urls import path

from flowpilot.views import answers

urlpatterns = [
    path("sessions/<uuid:sid>/answering", answers.poll, name="answering"),
    path("sessions/<uuid:sid>/answers/<uuid:aid>/stop", answers.stop, name="answer-stop"),
    path("sessions/<uuid:sid>/answers/<uuid:aid>/retry", answers.retry, name="answer-retry"),
]
