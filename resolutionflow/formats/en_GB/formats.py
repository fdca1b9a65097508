"""The date formats for pages that don't set their own, such as the admin's: 24 Aug 2026, 13:30."""

DATE_FORMAT = "j M Y"
DATETIME_FORMAT = "j M Y, H:i"
TIME_FORMAT = "H:i"
