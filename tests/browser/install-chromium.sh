#!/bin/sh
# Install Debian's Chromium for the browser tests where it is missing and we may.
# Where we may not, the browser tests skip and say so (on CI they fail).
set -eu
if command -v chromedriver >/dev/null 2>&1; then
    exit 0
fi
if ! command -v apt-get >/dev/null 2>&1; then
    echo "No chromedriver and no apt-get: the browser tests will be skipped."
    exit 0
fi
if [ "$(id -u)" -eq 0 ]; then
    as_root=""
elif sudo -n true 2>/dev/null; then
    as_root="sudo -n"
else
    echo "No chromedriver, and installing one needs root: the browser tests will be skipped."
    exit 0
fi
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get update -qq
$as_root apt-get install -y -qq --no-install-recommends chromium chromium-driver fonts-noto-core
