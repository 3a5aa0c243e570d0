import threading

counter = 0
both_have_read = threading.Barrier(2)


def add():
    global counter
    value = counter
    both_have_read.wait()
    counter = value + 1


def main():
    threads = [threading.Thread(target=add) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(f"two threads added 1 to 0: {counter}")


main()
