import threading


def ring(sound):
    print(sound)


def main():
    alarm = threading.Timer(0.05, ring, args=("ring!",))
    cancelled = threading.Timer(60, ring, args=("never heard",))
    print("two timers are set")
    alarm.start()
    cancelled.start()
    cancelled.cancel()
    cancelled.join()
    alarm.join()
    print("both are over")


main()
