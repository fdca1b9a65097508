"""What every app uses and that imports none of them: text, search, times, keyset pages, markdown, refusals …"""
