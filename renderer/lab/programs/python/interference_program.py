import threading

counter = 0


def add(start, times):
    global counter
    start.wait()
    for _ in range(times):
        value = counter  # @read
        value = value + 1  # @add
        counter = value  # @write


def add_locked(start, times, lock):
    global counter
    start.wait()
    for _ in range(times):
        with lock:  # @acquire
            value = counter  # @readIt
            value = value + 1  # @addToIt
            counter = value  # @writeIt


def main(count=2, times=100_000, lock=None):
    start = threading.Barrier(count)
    target, args = (add_locked, (start, times, lock)) if lock else (add, (start, times))
    threads = [threading.Thread(target=target, args=args, name=f"adder-{n}") for n in range(1, count + 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(f"expected {count * times}, found {counter}")


main()
