import threading

guests = 0


def arrive(changed):
    global guests
    with changed:
        guests += 1
        changed.notify()


def main():
    changed = threading.Condition()

    def everyone():
        return guests == 3

    with changed:
        print(f"within 20 milliseconds: {'all' if changed.wait_for(everyone, 0.02) else 'not all'}")
        for _ in range(3):
            threading.Thread(target=arrive, args=(changed,)).start()
        print(f"as long as it takes: {'all' if changed.wait_for(everyone) else 'not all'}")


main()
