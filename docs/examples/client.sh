#!/bin/sh
# A small client of a Tequio server: a POSIX shell, curl, and jq.
set -eu

usage() {
    cat <<'USAGE'
A small client of a Tequio server, of a shell, curl, and jq.

  client.sh me                    whom the token speaks for
  client.sh list [WORDS]          what is needed and offered at the moment
  client.sh show LISTING          a listing and its thread
  client.sh need TITLE            post a need of your collective (TEQUIO_COLLECTIVE where there are several)
  client.sh reply LISTING TEXT    answer under a listing
  client.sh found LISTING NUMBER  note how much was found so far, in all
  client.sh watch [TOPIC]         tell what happens, as it happens: public, home, notifications, thread:LISTING

TEQUIO_SERVER names the server; TEQUIO_TOKEN is a personal token (`tequio admin token`, or POST /api/v1/tokens).
What is public is read without one.

Example:
  export TEQUIO_SERVER=https://commons.example TEQUIO_TOKEN=...
  client.sh need "20 chairs for the harvest supper" && client.sh watch home
USAGE
}

server=${TEQUIO_SERVER:-http://127.0.0.1:8080}
server=${server%/}/api/v1
answer=$(mktemp)
trap 'rm -f "$answer"' EXIT

# curl with the token, which goes in by standard input: arguments are read by others on this machine.
with_token() {
    printf '%s' "${TEQUIO_TOKEN:+header = \"Authorization: Bearer $TEQUIO_TOKEN\"}" |
        curl --silent --show-error --config - "$@"
}

# api PATH [OPTIONS OF CURL]: asks, and keeps the answer; a problem is told in its own words.
api() {
    path=$1
    shift
    status=$(with_token --output "$answer" --write-out '%{http_code}' "$@" "$server/$path")
    if [ "$status" -ge 400 ]; then
        problem >&2
        exit 1
    fi
}

# send PATH FIELD VALUE ...: an object of texts, under a name of its own: curl may ask again, and it is done once.
send() {
    path=$1
    shift
    form=$(jq --null-input '$ARGS.positional | [recurse(.[2:]; length > 1)[:2] | {(.[0]): .[1]}] | add' --args "$@")
    key=$(od -A n -N 16 -t x1 /dev/urandom | tr -d ' \n')
    api "$path" --header 'Content-Type: application/json' --header "Idempotency-Key: $key" --retry 2 --data "$form"
}

# told FILTER: of the answer.
told() {
    jq --raw-output "$1" "$answer"
}

problem() {
    told '"\(.title): \(.detail) (\(.code))"'
}

list() {
    cursor=
    while
        api listings --get --data open=true ${1:+--data-urlencode "q=$1"} ${cursor:+--data-urlencode "cursor=$cursor"}
        told '.items[] | [.id, .purpose, "@" + .collective.address, .title] | @tsv'
        cursor=$(told '.next // empty')
        [ -n "$cursor" ]
    do :; done
}

need() {
    if [ -z "${TEQUIO_COLLECTIVE:-}" ]; then
        api me
        TEQUIO_COLLECTIVE=$(told '[.memberships[].collective.handle] | if length == 1 then .[0]
            else "say TEQUIO_COLLECTIVE: you belong to \(join(", "))\n" | halt_error(1) end')
    fi
    send "collectives/$TEQUIO_COLLECTIVE/listings" purpose need kind goods title "$1"
    told '[.id, .url] | @tsv'
}

watch() {
    with_token --no-buffer --get --data-urlencode "topic=$1" "$server/streaming" |
        while IFS= read -r line || [ -n "$line" ]; do
            case $line in
            retry:*) echo "listening to $1" >&2 ;;
            'data: '*) printf '%s\n' "${line#data: }" | jq --raw-output '[.occurred_at, .type, .change, .id] | @tsv' ;;
            '{'*) printf '%s\n' "$line" >"$answer" && problem >&2 && exit 1 ;;
            esac
        done
}

case "$#:${1:-}" in
1:-h | 1:--help) usage ;;
1:me) api me && told .person.address ;;
1:list | 2:list) list "${2:-}" ;;
2:show)
    api "listings/$2" && told '"\(.title)\n@\(.collective.address): \(.state)"'
    api "listings/$2/replies" && told '.items[] | "\(.author.address // "somebody"): \(.text)"'
    ;;
2:need) need "$2" ;;
3:reply) send "listings/$2/replies" text "$3" && told .id ;;
3:found) send "listings/$2/progress" found "$3" && told '.quantity | "\(.found) of \(.total)"' ;;
1:watch | 2:watch) watch "${2:-public}" ;;
*) usage >&2 && exit 2 ;;
esac
