import queue
import threading


def visit(seats, entered, leave):
    with seats:
        entered.put("one")
        leave.wait()


def main():
    seats, entered, leave = threading.Semaphore(2), queue.Queue(), threading.Event()
    for _ in range(3):
        threading.Thread(target=visit, args=(seats, entered, leave)).start()
    print(f"{entered.get()} got in")
    print(f"{entered.get()} got in")
    try:
        entered.get(True, 0.05)
    except queue.Empty:
        print("the third waits")
    leave.set()
    print(f"{entered.get()} got in, when there was room")


main()
