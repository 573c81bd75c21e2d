"""Real servers as processes of their own, and what stands between them and a client in tests.

Nothing here knows the product: a server is independent of what it tests.
"""
