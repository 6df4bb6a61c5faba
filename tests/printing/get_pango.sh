#!/bin/sh
# Gets what prints handbooks, Pango and the fonts of our languages: with apt as root, else it says what to install.
NEEDED="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-core fonts-ipaexfont-gothic fonts-dejavu-core"
if command -v dpkg >/dev/null 2>&1; then
  dpkg -s $NEEDED >/dev/null 2>&1 && exit 0
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "installing Pango and fonts for handbooks ..."
    apt-get update -qq >/dev/null 2>&1
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $NEEDED >/dev/null 2>&1 && exit 0
  fi
fi
echo "Handbooks need Pango, and Noto Sans and a Japanese font to look right (on Debian: apt-get install $NEEDED)."
