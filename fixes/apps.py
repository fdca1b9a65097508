from django.apps import AppConfig
from django.core.checks import Tags, register


class FixesConfig(AppConfig):
    name = "fixes"
    verbose_name = "Fixes and scripts"

    def ready(self) -> None:
        import fixes.board.place  # noqa: F401  # it registers itself
        from fixes.checks import history_is_kept
        from fixes.lifecycle import from_markers
        from fixes.notice_kinds import KINDS
        from fixes.session_page import EXTENSION
        from sessions import extensions, markers, notices

        register(history_is_kept, Tags.database)
        extensions.register(EXTENSION)
        for kind in KINDS:
            notices.register(kind)
        markers.register("SUGGEST_FIX", from_markers.suggest_fix)
        markers.register("FIX_OUTCOME", from_markers.fix_outcome)
