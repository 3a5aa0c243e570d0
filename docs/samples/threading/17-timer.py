import threading


def ring(sound):
    print(sound)


def main():
    alarm = threading.Timer(0.05, ring, args=("ring!",))
    cancelled = threading.Timer(60, ring, args=("never heard",))
    alarm.start()
    cancelled.start()
    print("two timers run")
    cancelled.cancel()
    cancelled.join()
    alarm.join()
    print("both are over")


main()
