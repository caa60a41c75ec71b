#!/usr/bin/env python3
"""A small client of a Tequio server, of Python 3.10 alone.

  client.py authorise             ask, in your browser, to act for you, and keep the token
  client.py list [WORDS]          what is needed and offered at the moment
  client.py need TITLE            post a need of your collective (TEQUIO_COLLECTIVE where there are several)
  client.py reply LISTING TEXT    answer under a listing
  client.py watch [TOPIC]         tell what happens, as it happens: public, home, notifications, thread:LISTING

TEQUIO_SERVER names the server. The token is kept in TEQUIO_FILE; TEQUIO_TOKEN is one to use in its place.

Example:
  export TEQUIO_SERVER=https://commons.example
  client.py authorise && client.py need "20 chairs for the harvest supper" && client.py watch home
"""
import base64, hashlib, http.server, json, os, pathlib, secrets, sys, urllib.error, uuid, webbrowser
from urllib.parse import parse_qsl, urlencode, urlsplit
from urllib.request import Request, urlopen

SERVER = os.environ.get("TEQUIO_SERVER", "http://127.0.0.1:8080").rstrip("/")
FILE = pathlib.Path(os.environ.get("TEQUIO_FILE", pathlib.Path.home() / ".config/tequio.json"))
SCOPE = "accounts:read feeds:read listings:read listings:write notifications:read replies:read replies:write"


def kept():
    if os.environ.get("TEQUIO_TOKEN"):
        return {"access_token": os.environ["TEQUIO_TOKEN"]}
    found = json.loads(FILE.read_text()) if FILE.exists() else {}
    return found if found.get("server") == SERVER else {}


def keep(tokens):
    FILE.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(FILE, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(tokens, file)


def call(path, form=None, key=None):
    """Asks the API. A token that is over is renewed, and the same is asked again: its key lets it be done once."""
    mine, headers, key = kept(), {}, key or str(uuid.uuid4())
    if mine:
        headers["Authorization"] = f"Bearer {mine['access_token']}"
    if form is not None:
        headers |= {"Content-Type": "application/json", "Idempotency-Key": key}
    body = None if form is None else json.dumps(form).encode()
    try:
        return urlopen(Request(f"{SERVER}/api/v1/{path}", body, headers), timeout=60)
    except urllib.error.HTTPError as error:
        problem = json.load(error)
        if problem["code"] != "invalid_token" or "refresh_token" not in mine:
            sys.exit(f"{problem['title']}: {problem['detail']} ({problem['code']})")
    keep(mine | token(mine["client_id"], grant_type="refresh_token", refresh_token=mine["refresh_token"]))
    return call(path, form, key)


def oauth(endpoint, body, media_type):
    try:
        return json.load(urlopen(Request(f"{SERVER}/oauth/{endpoint}", body.encode(), {"Content-Type": media_type}), timeout=60))
    except urllib.error.HTTPError as error:
        sys.exit(f"{endpoint}: {json.load(error)['error_description']}; try `client.py authorise`")


def token(client, **fields):
    return oauth("token", urlencode({"client_id": client, **fields}), "application/x-www-form-urlencoded")


class Back(http.server.BaseHTTPRequestHandler):
    """Where the browser comes back to."""

    def do_GET(self):
        self.server.told |= dict(parse_qsl(urlsplit(self.path).query))
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"You may close this page.\n")

    def log_message(self, *_):
        pass


def authorise():
    with http.server.HTTPServer(("127.0.0.1", 0), Back) as server:
        server.told, state, verifier = {}, secrets.token_urlsafe(16), secrets.token_urlsafe(32)
        back = f"http://127.0.0.1:{server.server_port}/back"
        app = {"client_name": "client.py", "redirect_uris": [back], "scope": SCOPE, "token_endpoint_auth_method": "none"}
        client = oauth("register", json.dumps(app), "application/json")["client_id"]
        digest = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
        asked = {"response_type": "code", "client_id": client, "redirect_uri": back, "scope": SCOPE, "state": state}
        asked |= {"code_challenge": digest, "code_challenge_method": "S256"}
        address = f"{SERVER}/oauth/authorize?{urlencode(asked)}"
        print("Say yes here:", address, flush=True)
        webbrowser.open(address)
        while server.told.get("state") != state:  # whatever else knocks is none of ours
            server.handle_request()
    if server.told.get("iss") != SERVER or "code" not in server.told:
        sys.exit(f"it was not allowed: {server.told.get('error_description', 'another server answered')}")
    fields = {"code": server.told["code"], "redirect_uri": back, "code_verifier": verifier}
    keep({"server": SERVER, "client_id": client} | token(client, grant_type="authorization_code", **fields))
    print(f"{json.load(call('me'))['person']['address']} allowed it; the token is in {FILE}")


def show(words):
    query = {"open": "true", **({"q": words} if words else {})}
    while query:
        page = json.load(call(f"listings?{urlencode(query)}"))
        for it in page["items"]:
            print(it["id"], it["purpose"], "@" + it["collective"]["address"], it["title"], sep="\t")
        query = page["next"] and query | {"cursor": page["next"]}


def need(title):
    mine = [it["collective"]["handle"] for it in json.load(call("me"))["memberships"]]
    board = os.environ.get("TEQUIO_COLLECTIVE") or (mine[0] if len(mine) == 1 else None)
    if board is None:
        sys.exit(f"say TEQUIO_COLLECTIVE: you belong to {', '.join(mine) or 'none'}")
    made = json.load(call(f"collectives/{board}/listings", {"purpose": "need", "kind": "goods", "title": title}))
    print(made["id"], made["url"], sep="\t")


def watch(topic):
    lines = call(f"streaming?{urlencode({'topic': topic})}")
    print("listening to", topic, file=sys.stderr, flush=True)
    for line in lines:
        if line.startswith(b"data: "):
            event = json.loads(line[6:])
            print(event["occurred_at"], event["type"], event["change"], event["id"], sep="\t", flush=True)


match sys.argv[1:]:
    case ["-h" | "--help"]: print(__doc__, end="")
    case ["authorise"]: authorise()
    case ["list", *words]: show(" ".join(words))
    case ["need", title]: need(title)
    case ["reply", listing, text]: print(json.load(call(f"listings/{listing}/replies", {"text": text}))["id"])
    case ["watch"]: watch("public")
    case ["watch", topic]: watch(topic)
    case _: sys.exit(__doc__)
