"""What belongs to the window is freed on the window's thread, whatever lane allocates meanwhile."""

import gc
import threading

from PySide6.QtCore import QObject

from coordinator_app.ui.collector import WindowCollector


class Model(QObject):
    def __init__(self, freed_on):
        super().__init__()
        self.me = self
        self.freed_on = freed_on

    def __del__(self):
        self.freed_on.append(threading.current_thread().name)


def allocate_much():
    kept = [[] for _ in range(200_000)]
    kept.append(kept)


def test_a_cycle_is_freed_by_the_window_though_a_lane_allocates(qapp):
    collector = WindowCollector(qapp)
    freed_on = []
    Model(freed_on)
    lane = threading.Thread(target=allocate_much, name="read-lane")
    lane.start()
    lane.join()
    assert freed_on == []
    allocate_much()
    collector.look()
    assert freed_on == [threading.main_thread().name]
    collector.stop()
    assert gc.isenabled()


def test_nothing_is_collected_while_nothing_is_due(qapp):
    collector = WindowCollector(qapp)
    gc.collect()
    freed_on = []
    Model(freed_on)
    collector.look()
    assert freed_on == []
    collector.stop()
