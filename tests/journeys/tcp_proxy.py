"""A network cable one can pull: a loopback proxy before a real server, with faults on demand."""

import contextlib
import socket
import threading
from types import TracebackType


class Cable:
    """Forwards a loopback port to another. ``pull`` cuts all connections and refuses new ones; ``plug`` mends it.

    ``cut_answers_after(n)`` lets n more bytes of the server's answers through and then cuts: an answer lost
    after the work was done.
    """

    def __init__(self, target_port: int) -> None:
        self._target = target_port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._is_plugged = True
        self._budget: int | None = None
        self._open: set[socket.socket] = set()
        self._guard = threading.Lock()
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self) -> "Cable":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.pull()
        self._listener.close()

    def pull(self) -> None:
        """Cut every connection at once and let no new one through."""
        with self._guard:
            self._is_plugged = False
            lines, self._open = self._open, set()
        for line in lines:
            _close(line)

    def plug(self) -> None:
        """Let connections through again."""
        with self._guard:
            self._is_plugged, self._budget = True, None

    def cut_answers_after(self, count: int) -> None:
        """Cut all lines once ``count`` more bytes have come back from the server."""
        with self._guard:
            self._budget = count

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            try:
                far = socket.create_connection(("127.0.0.1", self._target), timeout=5)
            except OSError:
                _close(near)
                continue
            with self._guard:
                is_through = self._is_plugged
                if is_through:
                    self._open |= {near, far}
            if not is_through:
                _close(near)
                _close(far)
                continue
            threading.Thread(target=self._carry, args=(near, far, False), daemon=True).start()
            threading.Thread(target=self._carry, args=(far, near, True), daemon=True).start()

    def _carry(self, source: socket.socket, sink: socket.socket, is_answer: bool) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                if is_answer and not self._may_pass(len(data)):
                    break
                sink.sendall(data)
        _close(source)
        _close(sink)
        with self._guard:
            self._open -= {source, sink}

    def _may_pass(self, size: int) -> bool:
        with self._guard:
            if self._budget is None:
                return True
            self._budget -= size
            return self._budget >= 0


def _close(line: socket.socket) -> None:
    with contextlib.suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)
    line.close()
