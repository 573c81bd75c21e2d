"""The words of DESIGN section 2 as frozen dataclasses.

Not behaviour: nothing in here reads a clock, a file or a socket, and no rule lives here.
"""
