"""The seeded simulator: the real tick on a virtual clock, acted people, faults, an oracle, checkers.

Not a mock of the daemon: only the outside world is acted.
"""
