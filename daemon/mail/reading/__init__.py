"""From the bytes of a mail to what its writer said.

Not who the writer is, and not what follows from it: see daemon/observe.py and daemon/decide.
"""
