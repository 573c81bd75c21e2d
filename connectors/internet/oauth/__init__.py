"""Accounts that are used without a password: their owner signs in once in a browser, and we keep a token (OAuth 2.0).

Not a login to a mail server: tokens are handed over by XOAUTH2 in mail/.
"""
