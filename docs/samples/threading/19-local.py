import threading

mine = threading.local()


def listen(song):
    print(f"at first: {getattr(mine, 'song', 'nothing')}")
    mine.song = song
    print(f"then: {mine.song}")


def main():
    mine.song = "Blue Train"
    thread = threading.Thread(target=listen, args=("So What",))
    thread.start()
    thread.join()
    print(f"main still has: {mine.song}")


main()
