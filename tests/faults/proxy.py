"""A bad line before a real server: eight faults and a cut after COMMIT, put on and taken off while it carries."""

import asyncio
import contextlib
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

# What the server says when a statement has been committed and it waits for the next one.
READY = b"Z\x00\x00\x00\x05I"


@dataclass
class Toxics:
    """What is wrong with the line now; nothing is, by default. Those about answers are about the server's bytes."""

    latency: float = 0
    """Seconds before each piece, both ways."""
    is_down: bool = False
    """New lines are refused."""
    bytes_per_second: int = 0
    """Of answers; 0 is as fast as it goes."""
    slow_close: float = 0
    """Seconds between the end of what was said and the end of the line."""
    is_silent: bool = False
    """Nothing arrives any more, both ways, and nobody is told: half-open (Toxiproxy's timeout)."""
    slice_bytes: int = 0
    """How many bytes of an answer travel together; 0 is all."""
    answers_left: int | None = None
    """So many bytes of answers more, and the line ends (limit_data)."""
    resets_after: int | None = None
    """So many bytes of answers more, and the line is reset (RST, no goodbye)."""
    cut_after_commit_of: bytes = b""
    """The first statement with these words is carried out; its answer is swallowed and the line ends."""
    when_asked: Callable[[], None] | None = None
    """Called once, when such a statement has been passed on and before any answer to it; then nothing is cut."""


@dataclass(eq=False)
class _Line:
    near: asyncio.StreamWriter
    far: asyncio.StreamWriter
    is_marked: bool = False
    held: bytearray = field(default_factory=bytearray)

    def end(self, *, is_reset: bool = False) -> None:
        for side in (self.near, self.far):
            if is_reset:
                line = side.get_extra_info("socket")
                line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                side.transport.abort()
            else:
                side.close()


class Proxy:
    """Listens on ``port`` and carries to another port of this machine, as ``toxics`` say."""

    def __init__(self, target: int) -> None:
        self._target, self.toxics = target, Toxics()
        self.cuts = 0
        self._lines: set[_Line] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> "Proxy":
        self._thread.start()
        self._server = asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(10)
        self.port: int = self._server.sockets[0].getsockname()[1]
        return self

    def __exit__(self, *_told: object) -> None:
        asyncio.run_coroutine_threadsafe(self._leave(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    def set(self, toxics: Toxics | None = None) -> None:
        """Have these faults from now on and no others; lines that are open feel them too."""
        self.toxics = toxics or Toxics()

    def cut(self) -> None:
        """End every line that is open."""
        asyncio.run_coroutine_threadsafe(self._end_all(), self._loop).result(10)

    async def _listen(self) -> asyncio.Server:
        return await asyncio.start_server(self._accept, "127.0.0.1", 0)

    async def _end_all(self) -> None:
        for line in list(self._lines):
            line.end()

    async def _leave(self) -> None:
        self._server.close()
        await self._end_all()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _accept(self, reader: asyncio.StreamReader, near: asyncio.StreamWriter) -> None:
        if self.toxics.is_down:
            near.close()
            return
        try:
            answers, far = await asyncio.open_connection("127.0.0.1", self._target)
        except OSError:
            near.close()
            return
        line = _Line(near, far)
        self._lines.add(line)
        # Whoever waits for a line when the proxy ends is cancelled, and that is no news.
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.gather(self._ask(reader, line), self._answer(answers, line))
        self._lines.discard(line)

    async def _ask(self, source: asyncio.StreamReader, line: _Line) -> None:
        with contextlib.suppress(OSError):
            while data := await source.read(65536):
                now = self.toxics
                if now.is_silent:
                    continue
                await asyncio.sleep(now.latency)
                if now.cut_after_commit_of and now.cut_after_commit_of in data:
                    line.is_marked = True
                line.far.write(data)
                await line.far.drain()
                if line.is_marked and now.when_asked is not None:
                    ask, now.when_asked, now.cut_after_commit_of, line.is_marked = now.when_asked, None, b"", False
                    await asyncio.get_running_loop().run_in_executor(None, ask)
        line.end()

    async def _answer(self, source: asyncio.StreamReader, line: _Line) -> None:
        with contextlib.suppress(OSError):
            while data := await source.read(65536):
                if not await self._carry(data, line):
                    break
            await asyncio.sleep(self.toxics.slow_close)
        line.end()

    async def _carry(self, data: bytes, line: _Line) -> bool:
        now = self.toxics
        if now.is_silent:
            return True
        if line.is_marked:
            line.held += data
            if not line.held.endswith(READY):
                return True
            now.cut_after_commit_of, self.cuts = b"", self.cuts + 1
            return False
        await asyncio.sleep(now.latency)
        for piece in _pieces(data, now.slice_bytes):
            for left in ("answers_left", "resets_after"):
                allowed = getattr(now, left)
                if allowed is not None and allowed < len(piece):
                    self.cuts += 1
                    setattr(now, left, None)
                    line.end(is_reset=left == "resets_after")
                    return False
                if allowed is not None:
                    setattr(now, left, allowed - len(piece))
            line.near.write(piece)
            await line.near.drain()
            await asyncio.sleep(len(piece) / now.bytes_per_second if now.bytes_per_second else 0)
        return True


def _pieces(data: bytes, size: int) -> Iterator[bytes]:
    step = size or len(data)
    return (data[at : at + step] for at in range(0, len(data), step))
