"""People and sessions to try ResolutionFlow with; everything in them is invented.

One session is one file in `stories/<account>/`. Times are relative, so that banners look fresh on whatever day they
are loaded.
"""
