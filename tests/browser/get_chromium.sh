#!/bin/sh
# Gets Chromium for the browser tests where there is none: with apt as root, else it says what to install.
[ -n "$PLAYBOOK_CHROMIUM" ] && exit 0
for name in chromium chromium-browser google-chrome; do
  command -v "$name" >/dev/null 2>&1 && exit 0
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "installing Chromium for the browser tests ..."
  apt-get update -qq >/dev/null 2>&1
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null 2>&1 && exit 0
fi
echo "The browser tests are skipped: install Chromium (on Debian: apt-get install chromium), or name it in PLAYBOOK_CHROMIUM."
