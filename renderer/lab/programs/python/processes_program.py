import multiprocessing
import threading

counter = 0
lock = threading.Lock()


def add(times):
    global counter
    for _ in range(times):
        with lock:  # @lock
            counter += 1  # @shared @own
    thread = threading.current_thread()  # @tell
    print(thread.name, thread.ident, thread.native_id)


def add_elsewhere(times):
    add(times)  # counter is this process's own
    print(f"the second process found {counter}")


def main(count=3, times=1000):
    threads = [threading.Thread(target=add, args=(times,), name=f"adder-{n}") for n in range(1, count + 1)]
    process = multiprocessing.get_context("spawn").Process(target=add_elsewhere, args=(times,))
    for started in (*threads, process):
        started.start()
    for started in (*threads, process):
        started.join()
    print(f"this process found {counter}")


if __name__ == "__main__":
    main()
