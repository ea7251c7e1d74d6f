#!/bin/sh
# Install the programs that tests start, PostgreSQL and Chromium, from Debian where they are missing and that is allowed.
# Where it is not, or fails, the tests say what they miss.
set -eu

missing=
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || missing="$missing postgresql"
command -v chromium >/dev/null || missing="$missing chromium"
[ -n "$missing" ] || exit 0

if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
	echo "Not installed:$missing. Tests that need them are left out; on Debian: sudo apt-get install$missing" >&2
	exit 0
fi

install() {
	# shellcheck disable=SC2086  # a list of names
	DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing 2>&1
}

echo "Installing$missing for the tests (apt-get)"
said=$(install) || { apt-get update -qq >/dev/null 2>&1 || true; said=$(install); } || echo "$said" | tail -n 5 >&2
