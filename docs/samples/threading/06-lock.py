import threading

counter = 0
lock = threading.Lock()


def add():
    global counter
    for _ in range(10_000):
        with lock:
            counter += 1


def main():
    threads = [threading.Thread(target=add) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(f"two threads added 1 ten thousand times each: {counter}")


main()
