import threading


def main():
    for name, semaphore in (
        ("Semaphore", threading.Semaphore(1)),
        ("BoundedSemaphore", threading.BoundedSemaphore(1)),
    ):
        try:
            semaphore.release()
            print(f"{name}: one permit too many, and nobody noticed")
        except ValueError:
            print(f"{name}: ValueError")


main()
