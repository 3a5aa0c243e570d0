import threading
import time

def hold(lock, held):
    lock.acquire()  # @take
    held.set()
    time.sleep(0.2)  # @work
    lock.release()  # @give

def forget(lock, held):
    lock.acquire()  # @forget
    held.set()

def fail(lock, held):
    try:
        with lock:  # @block
            held.set()
            raise RuntimeError("a mistake in the block")  # @raise
    except RuntimeError as error:
        print(error)

def ask(lock, held, *how):
    held.wait()
    is_acquired = lock.acquire(*how)  # @ask
    print("acquired" if is_acquired else "not acquired")
    if is_acquired:
        lock.release()

def release_unowned(lock, held):
    held.wait()
    try:
        lock.release()  # @release
    except RuntimeError as error:
        print(error)

scenes = [(hold, ask), (hold, ask, False), (hold, ask, True, 0.1), (hold, release_unowned), (fail, ask)]
for first, second, *how in [*scenes, (forget, ask, True, 0.1)]:
    lock, held = threading.RLock(), threading.Event()
    threading.Thread(target=second, args=(lock, held, *how)).start()
    threading.Thread(target=first, args=(lock, held)).start()
    time.sleep(0.5)
