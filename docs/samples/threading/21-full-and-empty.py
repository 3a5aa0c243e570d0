import queue


def attempt(what, call):
    try:
        call()
        print(f"{what}: done")
    except Exception as error:
        print(f"{what}: {type(error).__name__}")


def main():
    q = queue.Queue(maxsize=1)
    attempt("get without waiting", lambda: q.get_nowait())
    attempt("get within 20 milliseconds", lambda: q.get(True, 0.02))
    attempt("put", lambda: q.put("a"))
    attempt("put one more without waiting", lambda: q.put_nowait("b"))
    attempt("put one more within 20 milliseconds", lambda: q.put("b", True, 0.02))
    attempt("get", lambda: q.get())


main()
