"""How dates are written where a page doesn't say it in words, as in the admin: 24 Aug 2026, 13:30."""

DATE_FORMAT = "j M Y"
DATETIME_FORMAT = "j M Y, H:i"
TIME_FORMAT = "H:i"
