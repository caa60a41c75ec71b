"""What no description can say, and every client knows.

Keys are used once, places in a list come from a list, a radius has a point in its middle.
"""

import re
import uuid

import schemathesis

CURSOR = re.compile(r"^[A-Za-z0-9_-]{27}$")
KEY = re.compile(r"^[!-~]([ -~]{0,253}[!-~])?$")


@schemathesis.hook
def before_call(context, case, kwargs):
    """Makes a request one that a client would send; what is wrong on purpose stays wrong."""
    headers, query = case.headers or {}, case.query or {}
    key, cursor = headers.get("Idempotency-Key"), query.get("cursor")
    if isinstance(key, str) and KEY.match(key):
        headers["Idempotency-Key"] = str(uuid.uuid4())
    if isinstance(cursor, str) and CURSOR.match(cursor):
        del query["cursor"]
    if "radius" in query and "near" not in query and case.meta and case.meta.generation.mode.is_positive:
        query["near"] = "41.4,2.16"
    # It is no other case for that: what was left out, such as a token, stays left out.
    case._record_starting_state()
