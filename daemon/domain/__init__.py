"""The words of DESIGN section 2: frozen values, compared by what they say (msgspec structs).

Not behaviour: nothing in here reads a clock, a file or a socket, and no rule lives here.
"""
