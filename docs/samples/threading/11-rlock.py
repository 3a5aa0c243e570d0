import threading


def main():
    for name, lock in (("Lock", threading.Lock()), ("RLock", threading.RLock())):
        lock.acquire()
        again = lock.acquire(False)
        print(f"{name}, a second time by its owner: {'taken' if again else 'not taken'}")
        if again:
            lock.release()
        lock.release()
        print(f"{name} is {'free' if lock.acquire(False) else 'held'} again")


main()
