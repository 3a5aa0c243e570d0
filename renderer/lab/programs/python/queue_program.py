import queue
import threading
import time

stop = -1


def produce(items, numbers):
    for number in numbers:
        items.put(number)  # @put


def consume(items, taken):
    while True:
        item = items.get()  # @get
        if item == stop:  # @stop
            return
        taken.append(item)
        time.sleep(0.01)  # @work
        items.task_done()  # @done


def end_consumers(items, consumers):
    items.join()  # @join
    for _ in consumers:
        items.put(stop)  # @putStop


def main(items=queue.Queue(maxsize=4)):
    taken = []
    producers = [threading.Thread(target=produce, args=(items, range(n, 20, 2))) for n in range(2)]
    consumers = [threading.Thread(target=consume, args=(items, taken)) for _ in range(3)]
    for thread in (*producers, *consumers):
        thread.start()
    for thread in producers:
        thread.join()
    end_consumers(items, consumers)
    print(f"each of {len(taken)} items was taken once: {sorted(taken) == list(range(20))}")


main()
