import threading


def hold_until(lock, is_held, let_go):
    lock.acquire()
    is_held.set()
    let_go.wait()
    lock.release()


def main():
    lock, is_held, let_go = threading.Lock(), threading.Event(), threading.Event()
    threading.Thread(target=hold_until, args=(lock, is_held, let_go)).start()
    is_held.wait()
    print(f"without blocking: {'taken' if lock.acquire(False) else 'not taken'}")
    print(f"for 20 milliseconds: {'taken' if lock.acquire(True, 0.02) else 'not taken'}")
    let_go.set()
    print(f"as long as it takes: {'taken' if lock.acquire() else 'not taken'}")
    lock.release()
    try:
        lock.release()
    except RuntimeError as error:
        print(f"released twice: {type(error).__name__}")


main()
