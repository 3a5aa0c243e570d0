import threading


def save(main_is_over):
    main_is_over.wait()
    print("saved")


def watch(never):
    never.wait()
    print("this line is never printed")


def main():
    main_is_over = threading.Event()
    threading.Thread(target=save, args=(main_is_over,)).start()
    threading.Thread(target=watch, args=(threading.Event(),), daemon=True).start()
    print("main is over")
    main_is_over.set()


main()
