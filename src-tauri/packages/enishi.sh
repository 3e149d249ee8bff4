#!/bin/sh
# Starts Enishi from the folder it was unpacked into.
here=$(dirname "$(readlink -f "$0")")

tell() {
  echo "$1" >&2
  for show in "zenity --error --no-wrap --text" "kdialog --error" "xmessage"; do
    # shellcheck disable=SC2086 # the words of the command
    command -v "${show%% *}" >/dev/null && { $show "$1"; break; }
  done
}

if ! ldd "$here/bin/enishi" >/dev/null 2>&1 || ldd "$here/bin/enishi" | grep -q 'libwebkit2gtk-4.1.so.0 => not found'; then
  tell "画面を映す部品 WebKitGTK 4.1 がこのパソコンにありません。名簿には触れていません。次のどれかで入れてから、もう一度開いてください。
WebKitGTK 4.1, which shows the window, is not on this PC. Your register was not touched. Install it in one of these ways, then open Enishi again.

Debian, Ubuntu:  sudo apt install libwebkit2gtk-4.1-0
Fedora:  sudo dnf install webkit2gtk4.1
openSUSE:  sudo zypper install libwebkit2gtk-4_1-0
Arch:  sudo pacman -S webkit2gtk-4.1"
  exit 1
fi
missing=$(ldd "$here/bin/enishi" | sed -n 's/ => not found//p')
if [ -n "$missing" ]; then
  tell "このパソコンに足りない部品があります。名簿には触れていません。
Something that Enishi needs is missing on this PC. Your register was not touched.
$missing"
  exit 1
fi
exec "$here/bin/enishi" "$@"
