import queue
import threading


def hike(summit, places):
    places.put(summit.wait())


def main():
    summit, places = threading.Barrier(3), queue.Queue()
    for _ in range(3):
        threading.Thread(target=hike, args=(summit, places)).start()
    numbers = [places.get() for _ in range(3)]
    print(f"all three are there, numbered {', '.join(map(str, sorted(numbers)))}")
    try:
        summit.wait(0.02)
    except threading.BrokenBarrierError:
        print("alone, for 20 milliseconds: broken")
    print("it stays broken" if summit.broken else "it is whole")
    summit.reset()
    print("it stays broken" if summit.broken else "it is whole")


main()
