"""What our own server says of where a mail came from: RFC 8601 as a table, honest servers and forgers.

Not who wrote a mail: tests/mail/test_identity.py.
"""

from __future__ import annotations

import pytest

from daemon.mail.reading.authentication import verdict

OURS = "mx.koss.example"

HONEST = {
    "gmail": "mx.koss.example;\r\n       dkim=pass header.i=@example.org header.s=s1 header.b=Xa1/B+c=;\r\n"
    "       spf=pass (koss.example: domain of ben@example.org designates 192.0.2.1 as permitted sender)"
    " smtp.mailfrom=ben@example.org;\r\n       dmarc=pass (p=REJECT sp=REJECT dis=NONE) header.from=example.org",
    "with a version": "mx.koss.example 1; dmarc=pass header.from=example.org",
    "method version": "mx.koss.example; dkim/1=pass header.d=example.org",
    "comments anywhere": "(top) mx.koss.example (ours) 1 (v) ; (m) dkim (n) = (o) pass (p (nested \\) q) r)"
    " header.d (s) = (t) example.org (u)",
    "folds anywhere": "mx.koss.example\r\n ;\r\n\tdkim\r\n =\r\n pass\r\n header.d\r\n =\r\n example.org",
    "quoted id": '"mx.koss.example"; dmarc=pass header.from=example.org',
    "upper case": "MX.Koss.Example; DMARC=Pass Header.From=EXAMPLE.org",
    "signed by the domain above": "mx.koss.example; dkim=pass header.d=example.org",
    "spf alone": "mx.koss.example; spf=pass smtp.mailfrom=example.org",
    "spf with an address": "mx.koss.example; spf=pass smtp.mailfrom=ben@example.org",
    "dmarc none, dkim aligned": "mx.koss.example; dmarc=none header.from=example.org; dkim=pass header.d=example.org",
    "a list's signature as well": "mx.koss.example; dkim=pass header.d=list.example; dkim=pass header.d=example.org",
    "a reason": 'mx.koss.example; dkim=pass reason="good; really" header.d=example.org',
    "ends with a semicolon": "mx.koss.example; dmarc=pass header.from=example.org;",
    "others first": "mx.koss.example; iprev=pass policy.iprev=192.0.2.1; auth=pass smtp.auth=ben; "
    "dmarc=pass header.from=example.org",
}


@pytest.mark.parametrize("field", HONEST.values(), ids=HONEST)
def test_what_honest_servers_write_is_a_pass(field: str) -> None:
    assert verdict([field], OURS, "example.org") == "pass"


def test_a_domain_below_the_signer_is_aligned_and_a_sister_is_not() -> None:
    assert verdict([f"{OURS}; dkim=pass header.d=example.org"], OURS, "mail.example.org") == "pass"
    assert verdict([f"{OURS}; dkim=pass header.d=mail.example.org"], OURS, "example.org") == "none"
    assert verdict([f"{OURS}; dkim=pass header.d=org"], OURS, "example.org") == "none"
    assert verdict([f"{OURS}; dkim=pass header.d=ample.org"], OURS, "example.org") == "none"


def test_a_domain_in_other_letters_is_looked_up_as_one() -> None:
    assert (
        verdict([f"{OURS}; dmarc=pass header.from=xn--bcher-kva.example"], OURS, "bücher.example")
        == "pass"
    )
    # Cyrillic а
    assert verdict([f"{OURS}; dmarc=pass header.from=exаmple.org"], OURS, "example.org") == "none"


FORGED = {
    "another server's": "mx.other.example; dmarc=pass header.from=example.org",
    "ours with something behind": "mx.koss.example.evil.example; dmarc=pass header.from=example.org",
    "ours in a comment": "evil.example (mx.koss.example); dmarc=pass header.from=example.org",
    "ours as a version": "evil.example mx.koss.example; dmarc=pass header.from=example.org",
    "another domain signs": "mx.koss.example; dkim=pass header.d=evil.example",
    "another domain is meant": "mx.koss.example; dmarc=pass header.from=evil.example",
    "no domain is meant": "mx.koss.example; dmarc=pass",
    "another domain sends": "mx.koss.example; spf=pass smtp.mailfrom=bounce@evil.example",
    "helo alone": "mx.koss.example; spf=pass smtp.helo=example.org",
    "our domain as a local part": 'mx.koss.example; spf=pass smtp.mailfrom="x@example.org"@evil.example',
    "results inside a quoted local part": 'mx.koss.example; spf=fail smtp.mailfrom="a; dkim=pass header.d=example.org"@evil.example',
    "results inside a comment": "mx.koss.example; dkim=fail (dkim=pass header.d=example.org) header.d=evil.example",
    "pass only in a comment": "mx.koss.example; dkim=(pass) none header.d=example.org",
    "comment not closed": "mx.koss.example; dkim=pass (header.d=evil.example header.d=example.org",
    "comment closed too early": "mx.koss.example; spf=fail (of a) dkim=pass header.d=example.org) smtp.mailfrom=x@evil.example",
    "a property twice": "mx.koss.example; dkim=pass header.d=evil.example header.d=example.org",
    "two policies": "mx.koss.example; dmarc=none header.from=example.org; dmarc=pass header.from=example.org",
    "temporary error": "mx.koss.example; dkim=temperror header.d=example.org",
    "nearly pass": "mx.koss.example; dkim=passed header.d=example.org",
    "softfail": "mx.koss.example; spf=softfail smtp.mailfrom=ben@example.org",
    "none": "mx.koss.example; none",
    "nothing": "mx.koss.example",
    "empty": "",
    "no id": "; dmarc=pass header.from=example.org",
    "two ids": "mx.koss.example mx.koss.example; dmarc=pass header.from=example.org",
    "without semicolon": "mx.koss.example dmarc=pass header.from=example.org",
    "an unknown version of a method": "mx.koss.example; dkim/2=pass header.d=example.org",
    "NUL": "mx.koss.example; dmarc=pass header.from=example.org\x00.evil.example",
    "line feed in a word": "mx.koss.example; dkim=pa\r\n ss header.d=example.org",
    "dmarc none alone": "mx.koss.example; dmarc=none header.from=example.org",
    "too long": f"mx.koss.example; ({'x' * 9000}) dmarc=pass header.from=example.org",
    "property with spaces inside": "mx.koss.example; dkim=pass header.d=evil.example example.org",
    "a thousand brackets": f"mx.koss.example; {'(' * 4000} dmarc=pass header.from=example.org",
}


@pytest.mark.parametrize("field", FORGED.values(), ids=FORGED)
def test_everything_else_proves_nothing(field: str) -> None:
    assert verdict([field], OURS, "example.org") == "none"


def test_a_policy_that_failed_is_a_fail_whatever_passed_beside_it() -> None:
    field = f"{OURS}; dkim=pass header.d=example.org; dmarc=fail (p=NONE) header.from=example.org"
    assert verdict([field], OURS, "example.org") == "fail"


def test_only_the_topmost_field_counts() -> None:
    good = f"{OURS}; dmarc=pass header.from=example.org"
    assert verdict([good, f"{OURS}; dmarc=fail"], OURS, "example.org") == "pass"
    for top in (f"{OURS}; none", f"{OURS}; spf=fail", "mx.other.example; none", "(", ""):
        assert verdict([top, good], OURS, "example.org") == "none"


def test_without_a_declared_name_nothing_is_proved() -> None:
    assert verdict(["; dmarc=pass header.from=example.org"], "", "example.org") == "none"
    assert verdict([], OURS, "example.org") == "none"
