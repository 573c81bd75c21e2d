"""What we say and what we hear: letters out, mails in.

Not transport (connectors carry the bytes) and not rules (daemon/decide says who is told what).
"""
