import threading


def greet(greeting, name):
    print(f"{greeting}, {name}! This is {threading.current_thread().name}.")


def main():
    thread = threading.Thread(target=greet, args=("Hello",), kwargs={"name": "Ada"}, name="greeter")
    thread.start()
    thread.join()
    print(f"{thread.name} is {'alive' if thread.is_alive() else 'over'}, and main goes on")


main()
