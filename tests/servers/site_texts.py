"""What the servers of a mail site are told: the files of postfix, dovecot and OpenDKIM, with gaps for what is found out.

Not the servers: site.py.
"""

from __future__ import annotations

SERVICES = """\
127.0.0.1:{smtp} inet n - n - - smtpd
{checked}127.0.0.1:{submission} inet n - n - - smtpd
  -o smtpd_sasl_auth_enable=yes
  -o smtpd_relay_restrictions=permit_sasl_authenticated,reject
  -o smtpd_recipient_restrictions=permit_sasl_authenticated,reject
{signed}pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
proxywrite unix - - n - 1 proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""
MAIN = """\
compatibility_level = 3.6
queue_directory = {home}/pfq
data_directory = {home}/pfdata
command_directory = /usr/sbin
daemon_directory = {daemons}
maillog_file = {home}/postfix.log
maillog_file_prefixes = /
myhostname = mail.{domain}
mydestination =
mynetworks = 127.0.0.0/8
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
virtual_mailbox_domains = {domain}
virtual_mailbox_maps = texthash:{home}/addresses
virtual_transport = lmtp:unix:{home}/dv/lmtp-pf
lmtp_destination_recipient_limit = 1
default_transport = error:5.7.1 outside mail is off
relayhost =
alias_maps =
local_transport = error:no local
recipient_delimiter = +
smtpd_sasl_type = dovecot
smtpd_sasl_path = {home}/dv/auth-pf
smtpd_recipient_restrictions = permit_mynetworks, reject_unauth_destination
smtpd_peername_lookup = no
smtp_dns_support_level = disabled
append_dot_mydomain = no
biff = no
"""
QUEUE = (
    *((name, 0o700, "root") for name in ("active", "bounce", "corrupt", "defer", "deferred", "flush", "hold")),
    *((name, 0o700, "root") for name in ("incoming", "private", "saved", "trace")),
    ("maildrop", 0o1730, "postdrop"), ("public", 0o2710, "postdrop"),
)  # fmt: skip
"""The folders of a queue, as Debian has them."""
DOVECOT_CONF = """\
base_dir = {home}/dv
log_path = {home}/dovecot.log
protocols = imap lmtp
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
auth_failure_delay = 0
auth_mechanisms = plain login{bearer}
auth_username_format = %Ln
recipient_delimiter = +
lmtp_save_to_detail_mailbox = no
mail_location = maildir:~/Maildir
mail_max_userip_connections = 100
{without_idle}first_valid_uid = 1
first_valid_gid = 1
default_internal_user = dovecot
default_login_user = dovenull
{tokens}passdb {{
  driver = passwd-file
  args = username_format=%n {home}/users
}}
userdb {{
  driver = passwd-file
  args = username_format=%n {home}/users
}}
service imap-login {{
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service lmtp {{
  unix_listener lmtp-pf {{
    mode = 0666
  }}
}}
service auth {{
  unix_listener auth-pf {{
    mode = 0666
  }}
}}
service anvil {{
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
namespace inbox {{
  inbox = yes
  mailbox Sent {{
    special_use = \\Sent
    auto = subscribe
  }}
  mailbox Trash {{
    special_use = \\Trash
    auto = subscribe
  }}
}}
"""


TOKENS = """\
passdb {{
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = {home}/dovecot-oauth2.conf
}}
"""
INTROSPECTION = """\
introspection_mode = post
introspection_url = {introspection}
username_attribute = username
username_format = %Lu
active_attribute = active
active_value = true
"""
WITHOUT_IDLE = "imap_capability = IMAP4rev1 SASL-IR LITERAL+ UIDPLUS MOVE SPECIAL-USE\n"
CHECKED = """\
  -o myhostname=mx.{domain}
  -o smtpd_milters=inet:127.0.0.1:{checker}
"""
SIGNED = """\
  -o smtpd_milters=inet:127.0.0.1:{signer}
  -o content_filter=smtp:[127.0.0.1]:{smtp}
"""
DKIM = """\
Mode {mode}
Socket inet:{port}@127.0.0.1
Background no
Syslog no
RequireSafeKeys no
AuthservID {authserv_id}
AlwaysAddARHeader yes
TestPublicKeys {home}/dkim.public
PidFile {home}/dkim-{mode}.pid
"""
SIGNS = """\
Domain {domain}
Selector site
KeyFile {home}/dkim.private
"""
CHECKS = "InternalHosts 192.0.2.1\n"
"""Else what comes from loopback would be taken for one's own, and not looked at."""
