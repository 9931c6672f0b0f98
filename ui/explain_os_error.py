"""Fault of the operating system -> a few Chinese words for the middle of a sentence."""

from __future__ import annotations

import errno
import socket

_CAUSES = {
    errno.ENOENT: "文件不存在",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.EEXIST: "同名文件已经存在",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "所在的磁盘只能读",
    errno.ENOSPC: "磁盘已满",
    errno.ENAMETOOLONG: "路径太长",
    errno.EADDRNOTAVAIL: "不是本机的地址",
    errno.EADDRINUSE: "端口已被占用",
}


def explain_os_error(error: OSError) -> str:
    """Return the cause; the system's own English words are never shown."""
    if isinstance(error, socket.gaierror):
        return "找不到这个主机名"
    return _CAUSES.get(error.errno or 0, f"系统拒绝了，错误号{error.errno or '不明'}")
