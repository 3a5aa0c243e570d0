import threading
import time

changed = threading.Condition()
buffer = left = missed = 0

def produce(items, room, pause, wake):
    global buffer
    for _ in range(items):
        time.sleep(pause)  # @make
        with changed:
            while buffer == room:  # @full
                changed.wait()
            buffer += 1  # @put
            changed.notify(wake)  # @tellPut

def consume(is_while, wake):
    global buffer, left, missed
    while True:
        with changed:
            while is_while and buffer == 0 and left > 0:  # @while
                changed.wait()
            if not is_while and buffer == 0 and left > 0:  # @if
                changed.wait()
            if left == 0:  # @over
                changed.notify_all()
                break
            if buffer > 0:
                buffer, left = buffer - 1, left - 1  # @take
                changed.notify(wake)  # @tellTake
            else:
                missed += 1  # @miss

left = 10
threads = [threading.Thread(target=consume, args=(False, 99)) for _ in range(3)]
threads.append(threading.Thread(target=produce, args=(left, 2, 0.02, 99)))
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(f"a consumer found nothing {missed} times")
