import threading
import time


def wait_and_work(go, name, rounds):
    for number in range(1, rounds + 1):
        was_up = go.is_set()  # @look
        go.wait()  # @wait
        print(f"{name} passed {number}, the flag was {'up' if was_up else 'down'}")  # @tell
        time.sleep(0.05)  # @work


def set_and_clear(go):
    go.set()  # @set
    go.clear()  # @clear


def main(count=3, rounds=2):
    go = threading.Event()
    names = [f"worker-{number}" for number in range(1, count + 1)]
    threads = [threading.Thread(target=wait_and_work, args=(go, name, rounds), name=name) for name in names]
    for thread in threads:
        thread.start()
    for _ in range(rounds):
        time.sleep(0.2)  # all wait by now
        set_and_clear(go)
    for thread in threads:
        thread.join()
    print("all have passed")


main()
