import threading
import time


def dine(first, second, start, waiter, eaten, meals=3, think=0.01, reach=0.2, eat=0.01):
    start.wait()
    for _ in range(meals):
        time.sleep(think)  # @think
        hungry_since = time.monotonic()
        waiter.acquire()  # @waiter
        first.acquire()  # @first
        time.sleep(reach)  # @reach
        second.acquire()  # @second
        eaten.append(time.monotonic() - hungry_since)  # @tell
        time.sleep(eat)  # @eat
        for held in (second, first, waiter):  # @release
            held.release()


def main(count=5, has_right_hander=False, seats=5):
    forks = [threading.Lock() for _ in range(count)]
    start, waiter, eaten = threading.Barrier(count), threading.Semaphore(seats), []
    for place, left in enumerate(forks):
        right = forks[(place + 1) % count]
        is_right_handed = has_right_hander and place == count - 1
        hands = (right, left) if is_right_handed else (left, right)
        args = (*hands, start, waiter, eaten)
        threading.Thread(target=dine, args=args, daemon=True).start()
    while len(eaten) < count * 3:
        time.sleep(0.1)
    print(f"{len(eaten)} meals, the longest hunger {max(eaten):.1f} s")


print("one is right-handed:")
main(has_right_hander=True)
print("at most four at the table:")
main(seats=4)
print("all take the left fork first:")
main()
