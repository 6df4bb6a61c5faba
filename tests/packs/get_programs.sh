#!/bin/sh
# Gets what prints, reads and signs packs, Pango, the fonts of our languages, Poppler and minisign: with apt as root, else
# it says what to install.
NEEDED="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-core fonts-ipaexfont-gothic fonts-dejavu-core minisign poppler-utils"
if command -v dpkg >/dev/null 2>&1; then
  dpkg -s $NEEDED >/dev/null 2>&1 && exit 0
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "installing what prints, reads and signs packs ..."
    apt-get update -qq >/dev/null 2>&1
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $NEEDED >/dev/null 2>&1 && exit 0
  fi
fi
echo "Handbooks need Pango and fonts, and the tests Poppler and minisign (on Debian: apt-get install $NEEDED)."
