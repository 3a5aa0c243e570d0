import threading


def use_both(first, second, start, rounds, done):
    start.wait()
    for number in range(1, rounds + 1):
        first.acquire()  # @first
        second.acquire()  # @second
        done.append(number)  # @done
        second.release()  # @releaseSecond
        first.release()  # @releaseFirst


def main(is_same_order=False, rounds=1_000_000):
    left, right, start, done = threading.Lock(), threading.Lock(), threading.Barrier(2), []
    other = (left, right) if is_same_order else (right, left)
    threads = [
        threading.Thread(target=use_both, args=(left, right, start, rounds, done), name="one"),
        threading.Thread(target=use_both, args=(*other, start, rounds, done), name="two"),
    ]
    for thread in threads:
        thread.start()
    print("main joins them")
    for thread in threads:
        thread.join()
    print(f"both have finished, {len(done)} rounds in all")


main()
