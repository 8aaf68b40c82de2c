"""A file server of our own on this machine: sshd on the loopback with its own keys and settings, mounted with sshfs."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

TOOLS = ("sshfs", "sshd", "ssh-keygen", "fusermount3")
WAIT = 20.0
CONFIG = """
Port {port}
ListenAddress 127.0.0.1
HostKey {folder}/host_key
AuthorizedKeysFile {folder}/user_key.pub
PidFile none
PermitRootLogin yes
StrictModes no
UsePAM no
PasswordAuthentication no
Subsystem sftp internal-sftp
"""


def tool(name: str) -> str:
    """Where a program is; sbin counts."""
    return shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin") or ""


def skip_without_sshfs() -> None:
    """Skip, saying why, where no sshfs mount can be made."""
    missing = [name for name in TOOLS if not tool(name)]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)} (Debian: sshfs openssh-server)")
    if not os.access("/dev/fuse", os.R_OK | os.W_OK):
        pytest.skip("no /dev/fuse that this user may open")


class Server:
    """A running server of `folder`/served. `mount` gives a folder on which it is mounted, a client of its own each."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.served = folder, folder / "served"
        self.mounts: list[Path] = []
        self.died = 0
        """How many clients ended by themselves."""
        self._clients: dict[Path, subprocess.Popen[bytes]] = {}
        self.served.mkdir(parents=True)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        for key in ("host_key", "user_key"):
            command = [tool("ssh-keygen"), "-q", "-t", "ed25519", "-N", "", "-f", str(folder / key)]
            subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
        (folder / "config").write_text(CONFIG.format(port=self.port, folder=folder))
        known = (folder / "host_key.pub").read_text()
        (folder / "known_hosts").write_text(f"[127.0.0.1]:{self.port} {known}")
        if os.getuid() == 0:
            Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
        with (folder / "log").open("wb") as log:
            command = [tool("sshd"), "-D", "-e", "-f", str(folder / "config")]
            self.sshd = subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=log)
        self.until(lambda: self._listens() or self.sshd.poll() is not None, "sshd")
        if self.sshd.poll() is not None:
            pytest.skip(f"sshd cannot run here: {(folder / 'log').read_text()[-300:]}")

    def mount(self, *options: str) -> Path:
        """One more mount, with more options of sshfs if any."""
        point = self.folder / f"mount {len(self.mounts) + 1}"
        point.mkdir()
        self.mounts.append(point)
        return self.mount_at(point, *options)

    def mount_at(self, point: Path, *options: str) -> Path:
        """Mount on a folder that is there."""
        settings = {
            "IdentityFile": self.folder / "user_key",
            "UserKnownHostsFile": self.folder / "known_hosts",
            "StrictHostKeyChecking": "yes",
            "BatchMode": "yes",
        }
        given = [each for name, value in settings.items() for each in ("-o", f"{name}={value}")]
        more = [each for option in options for each in ("-o", option)]
        source = f"127.0.0.1:{self.served}"
        command = [tool("sshfs"), "-f", "-F", "/dev/null", "-p", str(self.port), *given, *more, source, str(point)]
        with (self.folder / "log").open("ab") as log:
            client = subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=log)
        self.until(lambda: point.is_mount() or client.poll() is not None, "sshfs")
        if client.poll() is not None:  # a container that may not mount, a server that may not fork
            pytest.skip(f"sshfs cannot mount here: {(self.folder / 'log').read_text()[-300:]}")
        self._clients[point] = client
        return point

    def kill_client(self, point: Path) -> None:
        """End the process behind a mount: the mount stays and answers nothing."""
        self._clients[point].kill()
        self._clients[point].wait()

    def mount_anew(self) -> None:
        """Mount anew what has lost its client: sshfs 3.7.3 crashes now and then where many are at it."""
        for point, client in list(self._clients.items()):
            if client.poll() is not None:
                self.died += 1
                self.unmount(point)
                self.mount_at(point)

    def drop_connections(self) -> None:
        """End all connections; the server goes on listening."""
        for pid in self._processes()[1:]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def freeze(self) -> None:
        """Stop all processes of the server: whoever asks it for a file waits."""
        for pid in self._processes():
            os.kill(pid, signal.SIGSTOP)

    def thaw(self) -> None:
        """Let them go on."""
        for pid in self._processes():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGCONT)

    def unmount(self, point: Path) -> None:
        """Take a mount away, in use or not."""
        subprocess.run([tool("fusermount3"), "-u", "-z", str(point)], check=False, stderr=subprocess.DEVNULL)

    def close(self) -> None:
        """End it all."""
        self.thaw()
        for point in self.mounts:
            self.unmount(point)
        for client in self._clients.values():
            client.kill()
            client.wait()
        for pid in self._processes():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.sshd.wait()

    def _listens(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def until(self, condition: Callable[[], bool], what: str) -> None:
        """Wait for something that takes a moment."""
        end = time.monotonic() + WAIT
        while not condition():
            assert time.monotonic() < end, what
            time.sleep(0.02)

    def _processes(self) -> list[int]:
        """The server and all its children."""
        parents = {}
        for entry in os.listdir("/proc"):
            if entry.isdecimal():
                with contextlib.suppress(OSError):
                    fields = Path("/proc", entry, "stat").read_text().rpartition(")")[2].split()
                    parents[int(entry)] = int(fields[1])
        found = [self.sshd.pid]
        for pid in found:
            found += [child for child, parent in parents.items() if parent == pid]
        return found


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[Server]:
    """A server in `folder`, ended at the end."""
    skip_without_sshfs()
    server = Server(folder)
    try:
        yield server
    finally:
        server.close()
