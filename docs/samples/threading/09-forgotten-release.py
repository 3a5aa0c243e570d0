import json
import threading


def careless(lock, is_over, the_end, text):
    try:
        lock.acquire()
        json.loads(text)  # raises: the next line is not reached
        lock.release()
    except ValueError:
        is_over.set()
    the_end.wait()


def careful(lock, is_over, the_end, text):
    try:
        with lock:
            json.loads(text)  # raises: the lock is released on the way out
    except ValueError:
        is_over.set()
    the_end.wait()


def main():
    the_end = threading.Event()
    for target in (careless, careful):
        lock, is_over = threading.Lock(), threading.Event()
        threading.Thread(target=target, args=(lock, is_over, the_end, "no JSON")).start()
        is_over.wait()
        print(f"after {target.__name__}: {'taken' if lock.acquire(True, 0.02) else 'not to be had'}")
    the_end.set()


main()
