import threading


def divide(share, parts):
    if parts == 0:
        raise ValueError(f"{share} cannot be divided by 0")
    print(f"{share // parts} each")


def excepthook(args):
    print(f"{args.thread.name} ended by an error: {args.exc_value}")


threading.excepthook = excepthook


def main():
    for parts in (0, 2):
        thread = threading.Thread(target=divide, args=(12, parts), name=f"divide by {parts}")
        thread.start()
        thread.join()
    print("main goes on")


main()
