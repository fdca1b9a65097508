from django.urls import path

from flowpilot.views import answers, calibration, what_is_sent

urlpatterns = [
    path("insights/calibration/", calibration.calibration, name="calibration"),
    path("sessions/<uuid:sid>/answering", answers.poll, name="answering"),
    path("sessions/<uuid:sid>/answers/<uuid:aid>/stop", answers.stop, name="answer-stop"),
    path("sessions/<uuid:sid>/answers/<uuid:aid>/retry", answers.retry, name="answer-retry"),
    path("sessions/<uuid:sid>/what-is-sent/", what_is_sent.before, name="what-is-sent"),
    path("sessions/<uuid:sid>/what-is-sent/<uuid:aid>/", what_is_sent.after, name="what-was-sent"),
]
