from django.urls import path

from sessions import views

urlpatterns = [
    path("sessions/", views.session_list, name="session-list"),
    path("sessions/new/", views.new_session, name="session-new"),
    path("sessions/<uuid:sid>/", views.session_page, name="session"),
    path("sessions/<uuid:sid>/edit/", views.edit_session, name="session-edit"),
    path("sessions/<uuid:sid>/messages/", views.post_message, name="session-messages"),
    path("sessions/<uuid:sid>/status/", views.set_status, name="session-status"),
    path("sessions/<uuid:sid>/reopen/", views.reopen, name="session-reopen"),
]
