#!/bin/sh
# Finds the browsers that tests look at the site with, or installs Debian's.
set -eu
wanted="chromium chromium-driver firefox-esr"

found() {
    for name in "$@"; do
        if command -v "$name" >/dev/null 2>&1; then return 0; fi
    done
    return 1
}

if found chromium chromium-browser google-chrome && found firefox-esr firefox; then exit 0; fi
if [ "$(id -u)" = 0 ]; then root=""; else root="sudo -n"; fi
if found apt-get && { [ -z "$root" ] || $root true 2>/dev/null; }; then
    echo "installing $wanted, which the tests look at the site with"
    $root apt-get update -qq
    # shellcheck disable=SC2086 - several words
    if DEBIAN_FRONTEND=noninteractive $root apt-get install -qq -y --no-install-recommends $wanted >/dev/null; then exit 0; fi
fi
echo "The tests look at the site with Chromium and Firefox, and one of them is not here." >&2
echo "On Debian: sudo apt-get install $wanted; elsewhere install both by hand." >&2
exit 1
