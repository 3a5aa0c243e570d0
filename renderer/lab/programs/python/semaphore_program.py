import threading
import time

inside = maximum = 0
counting = threading.Lock()


def change(by):
    global inside, maximum
    with counting:
        inside += by
        maximum = max(maximum, inside)


def visit(permits, visits, stay):
    for _ in range(visits):
        permits.acquire()  # @acquire
        change(1)  # @come
        time.sleep(stay)  # @stay
        change(-1)  # @go
        release(permits)  # @release


def release(permits):
    try:
        permits.release()
    except ValueError as error:
        print(error)  # @error


def main(permits=threading.BoundedSemaphore(2), count=5, visits=3, stay=0.05):
    threads = [threading.Thread(target=visit, args=(permits, visits, stay)) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(f"at most {maximum} were inside")


main()
