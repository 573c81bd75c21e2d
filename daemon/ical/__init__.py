"""iCalendar: text ↔ domain, pure. Four modules look, `writing` edits, `zones` makes VTIMEZONEs.

Not files and not transport: connectors bring the bytes and take them away.
"""
