"""The conformance suite before a real server, where somebody has one: empty test mailboxes, named in the environment.

    EWS_URL=https://mail.example.org/EWS/Exchange.asmx EWS_USER=ana@example.org EWS_PASSWORD=... \
      EWS_GUEST=ben@example.org EWS_GUEST_PASSWORD=... python -m pytest tests/live
    GRAPH_TENANT=example.onmicrosoft.com GRAPH_CLIENT_ID=... GRAPH_CLIENT_SECRET=... \
      GRAPH_USER=ana@example.org GRAPH_GUEST=ben@example.org python -m pytest tests/live

The tests in which somebody acts before Outlook are left out: that is a person. What is put is taken off again.
"""
