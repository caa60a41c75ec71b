"""What no description can say, and every client knows.

Keys are used once, places in a list come from a list, a radius has a point in its middle, what ends has begun.
"""

import re
import uuid
from datetime import datetime

import schemathesis

CURSOR = re.compile(r"^[A-Za-z0-9_-]{27}$")
KEY = re.compile(r"^[!-~]([ -~]{0,253}[!-~])?$")


@schemathesis.hook
def before_call(context, case, kwargs):
    """Makes a request one that a client would send; what is wrong on purpose stays wrong."""
    headers, query = case.headers or {}, case.query or {}
    is_right = case.meta is not None and case.meta.generation.mode.is_positive
    key, cursor = headers.get("Idempotency-Key"), query.get("cursor")
    if isinstance(key, str) and KEY.match(key):
        headers["Idempotency-Key"] = str(uuid.uuid4())
    if isinstance(cursor, str) and CURSOR.match(cursor):
        del query["cursor"]
    if is_right:
        complete(headers, query)
    # It is no other case for that: what was left out, such as a token, stays left out.
    case._record_starting_state()


def complete(headers, query):
    """Adds what belongs together to a request that shall be a right one."""
    # It finds nothing to write that has the form of a tag.
    if headers.get("If-Match") == "":
        headers["If-Match"] = "*"
    if "radius" in query and "near" not in query:
        query["near"] = "41.4,2.16"
    if "from" in query and "until" in query and not is_span(query["from"], query["until"]):
        del query["until"]


def is_span(begins, ends):
    """Is the second of two moments the later one? Of what cannot be read that is not known."""
    try:
        return datetime.fromisoformat(begins) <= datetime.fromisoformat(ends)
    except (TypeError, ValueError):
        return False
