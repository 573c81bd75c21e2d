"""The daemon: it observes calendars and mail, decides, and acts through ports.

It is not a library of connectors: nothing in here knows a vendor.
"""
