import queue


def main():
    jobs = [(2, "sweep"), (1, "put out the fire"), (3, "water the flowers")]
    for q in (queue.Queue(), queue.LifoQueue(), queue.PriorityQueue()):
        for job in jobs:
            q.put(job)
        print(", ".join(q.get()[1] for _ in jobs))


main()
