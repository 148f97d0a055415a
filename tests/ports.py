"""Addresses on this machine where nobody listens yet."""

import socket


def free_port() -> int:
    """Give a port of the loopback address that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
