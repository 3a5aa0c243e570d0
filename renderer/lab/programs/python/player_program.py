import queue, threading, time

inputs, commands = queue.Queue(), queue.Queue()
playing, up_next, plan = threading.Event(), threading.Condition(), []
NO_MORE = 0

def read_input():
    click = None
    while click != "quit":
        click = inputs.get()  # @click
        commands.put(click)

def selector(songs, room):
    for song in [*range(1, songs + 1), NO_MORE]:
        playing.wait()  # @playing
        with up_next:
            while len(plan) == room:  # @full
                up_next.wait()
            plan.append(song)  # @choose
            up_next.notify()

def playback(length):
    song, left, is_playing = None, length, False
    while song != NO_MORE:
        since = time.monotonic()
        try:
            click = commands.get(timeout=max(0, left) if is_playing else None)  # @command
        except queue.Empty:
            click = None
        left -= time.monotonic() - since if is_playing else 0
        if click is not None:
            is_playing = click != "pause"
        (playing.set if is_playing else playing.clear)()  # @tell
        if song is not None and click in ("next", None):
            print(f"song {song} {'was skipped' if click else 'sounded to its end'}")  # @over
            song = None
        if is_playing and song is None:
            song, left = take_song(), length

def take_song():
    with up_next:
        while not plan:  # @empty
            up_next.wait()
        up_next.notify()
        return plan.pop(0)  # @take

calls = (read_input, ()), (selector, (4, 2)), (playback, (0.2,))
threads = [threading.Thread(target=target, args=args) for target, args in calls]
for thread in threads:
    thread.start()
for click in ("play", "next"):
    inputs.put(click)
threads[2].join()
inputs.put("quit")
