#!/bin/sh
# The browser tests drive Debian's Chromium. Install it where it is missing and the user may;
# otherwise say what is lacking: the browser tests then skip with the same sentence.
set -eu

if command -v chromium >/dev/null 2>&1; then
    exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo '正在安装浏览器测试所需的 Chromium …' >&2
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk >/dev/null && exit 0
fi
echo '没有找到 Chromium，浏览器测试将跳过。请先安装：apt-get install chromium fonts-noto-cjk' >&2
