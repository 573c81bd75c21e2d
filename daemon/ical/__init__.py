"""iCalendar: text ↔ domain, pure. `reading` and `busy` look, `writing` edits, `zones` makes VTIMEZONEs.

Not files and not transport: connectors bring the bytes and take them away.
"""
