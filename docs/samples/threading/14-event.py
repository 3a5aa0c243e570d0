import queue
import threading


def runner(start, finished):
    start.wait()
    finished.put("finished")


def main():
    start, finished = threading.Event(), queue.Queue()
    for _ in range(3):
        threading.Thread(target=runner, args=(start, finished)).start()
    print(f"waited for 20 milliseconds: {'set' if start.wait(0.02) else 'not set'}")
    print("go!")
    start.set()
    for _ in range(3):
        print(finished.get())
    print(f"waited for what is set already: {'set' if start.wait() else 'not set'}")
    start.clear()
    print(f"cleared: {'set' if start.is_set() else 'not set'}")


main()
