from django.urls import path

from sessions.views.conversation import post_message
from sessions.views.facts import add_fact, edit_fact, known, remove_fact, restore_fact
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
    path("sessions/<uuid:sid>/facts/", known, name="facts"),
    path("sessions/<uuid:sid>/facts/add/", add_fact, name="fact-add"),
    path("sessions/<uuid:sid>/facts/<uuid:fact_id>/edit/", edit_fact, name="fact-edit"),
    path("sessions/<uuid:sid>/facts/<uuid:fact_id>/remove/", remove_fact, name="fact-remove"),
    path("sessions/<uuid:sid>/facts/<uuid:fact_id>/restore/", restore_fact, name="fact-restore"),
]
