"""Stores: where the daemon's memory and its secrets lie.

Not their contract: that is `Store` and `Vault` in daemon/ports.
"""
