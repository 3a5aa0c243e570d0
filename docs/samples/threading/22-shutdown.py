# Python 3.13 or later
import queue
import threading


def work(jobs):
    try:
        while True:
            print(f"does {jobs.get()}")
    except queue.ShutDown:
        print("goes home")


def main():
    jobs = queue.Queue()
    for job in ("the dishes", "the windows"):
        jobs.put(job)
    jobs.shutdown()
    thread = threading.Thread(target=work, args=(jobs,))
    thread.start()
    thread.join()
    try:
        jobs.put("the floor")
    except queue.ShutDown:
        print("no more jobs are taken")


main()
