"""python.py NAME: measures CPython's threading and queue as skein.ts measures Skein's, and prints the figure."""
import json
import queue
import sys
import threading
import time

RECORD = {
    "id": 12345,
    "title": "A song of some length",
    "artist": "Somebody",
    "album": "Something",
    "path": "folder/of/some/file name.flac",
    "duration": 215.5,
    "tags": ["a", "b", "c"],
    "number": 1234567,
    "rest": "padding padding pad",
}


def timed(*targets):
    """Milliseconds from the moment when all threads are there until the last has ended."""
    start = threading.Barrier(len(targets) + 1)

    def run(target):
        start.wait()
        target()

    threads = [threading.Thread(target=run, args=(target,)) for target in targets]
    for thread in threads:
        thread.start()
    start.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    return (time.perf_counter() - began) * 1000


def pass_items(count, channel, item, encode, decode):
    """Thousands of items a second from one thread to another."""

    def produce():
        for _ in range(count):
            channel.put(encode(item))

    def consume():
        for _ in range(count):
            decode(channel.get())

    return count / timed(produce, consume)


def add(threads, count):
    """Thousands of acquisitions a second by so many threads."""
    lock = threading.Lock()
    cell = [0]

    def work():
        for _ in range(count):
            lock.acquire()
            cell[0] += 1
            lock.release()

    return threads * count / timed(*[work] * threads)


def make_locks(count):
    """Thousands of locks a second that are made, used and collected."""
    began = time.perf_counter()
    for _ in range(count):
        lock = threading.Lock()
        lock.acquire()
        lock.release()
    return count / (time.perf_counter() - began) / 1000


def same(item):
    return item


MEASURES = {
    "queue-integers": lambda: pass_items(100_000, queue.Queue(), 7, same, same),
    "queue-objects": lambda: pass_items(30_000, queue.Queue(), RECORD, json.dumps, json.loads),
    "queue-bounded": lambda: pass_items(50_000, queue.Queue(16), 7, same, same),
    "lock": lambda: add(1, 1_000_000),
    "lock-contended": lambda: add(2, 500_000),
    "dispose": lambda: make_locks(1_000_000),
}

print(MEASURES[sys.argv[1]]())
