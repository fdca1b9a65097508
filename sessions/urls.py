from django.urls import path

from sessions.views.conversation import post_message
from sessions.views.page import session_page
from sessions.views.session_list import session_list
from sessions.views.status import reopen, set_status, undo_status
from sessions.views.tickets import edit_session, new_session

urlpatterns = [
    path("sessions/", session_list, name="session-list"),
    path("sessions/new/", new_session, name="session-new"),
    path("sessions/<uuid:sid>/", session_page, name="session"),
    path("sessions/<uuid:sid>/edit/", edit_session, name="session-edit"),
    path("sessions/<uuid:sid>/messages/", post_message, name="session-messages"),
    path("sessions/<uuid:sid>/status/", set_status, name="session-status"),
    path("sessions/<uuid:sid>/status/undo/", undo_status, name="session-status-undo"),
    path("sessions/<uuid:sid>/reopen/", reopen, name="session-reopen"),
]
