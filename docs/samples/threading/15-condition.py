import threading


class Box:
    is_full = False
    value = None


def produce(changed, box):
    for item in (1, 2, 3):
        with changed:
            while box.is_full:
                changed.wait()
            box.value = item
            box.is_full = True
            changed.notify_all()


def consume(changed, box):
    for _ in range(3):
        with changed:
            while not box.is_full:
                changed.wait()
            print(f"took {box.value}")
            box.is_full = False
            changed.notify_all()


def main():
    args = (threading.Condition(), Box())
    threads = [threading.Thread(target=target, args=args) for target in (produce, consume)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print("the box is empty")


main()
