"""Lines are read in bounded memory whatever a file holds, and what is wrong with a file is said at its line."""

import gzip
import io
import random

import pytest

from coordinator_app.central.feeds.lines import Flaw, Line, lines_in
from coordinator_app.central.feeds.verdicts import Cause


class Endless(io.RawIOBase):
    """A stream of one long line that is made as it is read."""

    def __init__(self, length: int, ending: bytes) -> None:
        self._left, self._ending = length, ending
        self.most = 0

    def read(self, size: int = -1) -> bytes:
        if self._left:
            given = min(size, self._left)
            self._left -= given
            return b"x" * given
        rest, self._ending = self._ending, b""
        return rest


def test_a_line_of_200_megabytes_is_named_and_the_next_one_is_read():
    stream = Endless(200 * 1024 * 1024, b"\n{}\n")
    found = list(lines_in(stream))
    assert [type(each) for each in found] == [Flaw, Line]
    assert found[0].number == 1
    assert found[0].cause is Cause.TOO_LONG
    assert found[1] == Line(2, b"{}")


def test_a_long_line_is_never_held():
    import tracemalloc

    tracemalloc.start()
    list(lines_in(Endless(120 * 1024 * 1024, b"\n")))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 40 * 1024 * 1024


@pytest.mark.parametrize("zipped", [False, True])
def test_lines_come_whole_wherever_the_blocks_end(zipped):
    chance = random.Random(5)
    lines = [b"a" * chance.randrange(1, 90_000) for _ in range(60)]
    text = b"\n".join(lines) + b"\n"
    stream = io.BytesIO(gzip.compress(text) if zipped else text)
    assert [line.text for line in lines_in(stream)] == lines


def test_members_of_a_gzip_file_follow_each_other():
    stream = io.BytesIO(gzip.compress(b"one\n") + gzip.compress(b"two\n"))
    assert [line.text for line in lines_in(stream)] == [b"one", b"two"]


def test_a_gzip_cut_short_gives_its_whole_lines_and_then_says_so():
    chance = random.Random(1)
    rows = [b"%d" % chance.getrandbits(200) for _ in range(2000)]
    packed = gzip.compress(b"\n".join(rows) + b"\n")
    found = list(lines_in(io.BytesIO(packed[: len(packed) // 2])))
    assert isinstance(found[-1], Flaw)
    assert found[-1].cause is Cause.TRUNCATED
    whole = [line.text for line in found[:-1]]
    assert 100 < len(whole) < 2000
    assert whole == rows[: len(whole)]
    assert found[-1].number == len(whole) + 1


def test_a_damaged_gzip_says_where():
    packed = bytearray(gzip.compress(b"\n".join(b"%d" % n for n in range(50_000))))
    packed[len(packed) // 2] ^= 0xFF
    found = list(lines_in(io.BytesIO(bytes(packed))))
    assert isinstance(found[-1], Flaw)
    assert found[-1].cause is Cause.TRUNCATED


def test_empty_lines_count_but_are_not_given():
    assert list(lines_in(io.BytesIO(b"\n\n  \nlast"))) == [Line(4, b"last", ended=False)]


def test_a_byte_order_mark_is_no_part_of_the_first_line():
    assert next(iter(lines_in(io.BytesIO(b"\xef\xbb\xbf{}\n")))) == Line(1, b"{}")
