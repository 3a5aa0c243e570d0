import queue
import threading
import time

begin = threading.Event()
library = threading.Lock()
playing = threading.Event()
inputs = queue.Queue()


def live():
    while not begin.is_set():  # @compute
        pass
    library.acquire()  # @block
    library.release()  # @release
    playing.wait()  # @wait
    inputs.get(timeout=3600)  # @get


def main(stay=0.1):
    thread = threading.Thread(target=live, name="subject")
    print(f"New: alive is {thread.is_alive()}")
    library.acquire()
    thread.start()  # Runnable: it computes
    time.sleep(stay)
    begin.set()  # Blocked: main holds the lock
    time.sleep(stay)
    library.release()  # Waiting: for an event, without a timeout
    time.sleep(stay)
    playing.set()  # Timed waiting: for an item, at most an hour
    time.sleep(stay)
    inputs.put("the end")  # Terminated
    thread.join()
    print(f"Terminated: alive is {thread.is_alive()}")


main()
