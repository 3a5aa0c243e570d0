import queue
import threading

total = 0


def weigh(parcels):
    global total
    while True:
        total += parcels.get()["grams"]
        parcels.task_done()


def main():
    parcels = queue.Queue(maxsize=2)
    threading.Thread(target=weigh, args=(parcels,), daemon=True).start()
    for grams in (100, 200, 300, 400):
        parcels.put({"grams": grams})
    parcels.join()
    print(f"all parcels together: {total} grams")


main()
