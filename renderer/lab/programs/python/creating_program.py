import threading
import time


def greet(greeting, pause):
    name = threading.current_thread().name  # @name
    time.sleep(pause)  # @sleep
    print(f"{greeting} from {name}")  # @print


def main(count=3, pause=0.1, daemon=False, is_named=True, is_joined=True):
    threads = []
    for index in range(count):  # the first started sleeps longest
        name = f"greeter-{index + 1}" if is_named else None
        args = ("Hello", (count - index) * pause)
        thread = threading.Thread(target=greet, args=args, name=name, daemon=daemon)
        thread.start()
        threads.append(thread)
    if is_joined:
        for thread in threads:
            thread.join()
    alive = sum(thread.is_alive() for thread in threads)
    print(f"main goes on, {alive} alive")


main()
