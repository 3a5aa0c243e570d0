/**
 * What every primitive must do, line by line. Each case names the lines that it covers, and `contract.test.ts` fails
 * if a line is covered by none. Times are milliseconds. Marked ≠: where the library differs from Python on purpose.
 */
export const contract = {
  'lock.acquire': 'acquire(blocking = true, timeout = −1) returns whether it did; −1 waits forever',
  'lock.arguments': 'a timeout with blocking false, or below −1, is a ValueError',
  'lock.unlocked': 'releasing an unlocked lock is a RuntimeError',
  'lock.owner': '≠ only the thread that locked it may unlock it: another gets RuntimeError',
  'lock.locked': 'locked() tells whether it is held',
  'lock.handoff': 'barging is allowed, but a waiter that has waited 1 ms is handed the lock next',
  'lock.using': '`using` acquires at the start of a block and releases at its end, also after an error',

  'rlock.count': "counts its owner's acquisitions",
  'rlock.owner': 'release by another is a RuntimeError',

  'condition.lock': 'over an RLock by default, or a given Lock',
  'condition.held': 'wait, notify and notifyAll without the lock are RuntimeErrors',
  'condition.depth': 'wait gives the lock up wholly, whatever its depth',
  'condition.back': 'wait takes the lock back before it returns, also on timeout and error',
  'condition.timeout': 'wait returns false on timeout; a timeout of 0 or less polls',
  'condition.order': 'waiters are woken first come, first served',
  'condition.none-lost': 'no signal is lost',
  'condition.unasked': 'none wakes unasked',
  'condition.waitFor': "waitFor(predicate, timeout) returns the predicate's last value",

  'semaphore.initial': 'an initial value below 0 is a ValueError',
  'semaphore.release': 'release(n): n below 1 is a ValueError; it wakes n waiters',
  'semaphore.arguments': 'acquire without blocking and with a timeout is a ValueError',
  'semaphore.poll': 'a timeout of 0 or less polls',
  'semaphore.permits': 'never more holders than permits',
  'bounded.release': 'a release above the initial value is a ValueError, and the value stays',

  'event.wait': 'wait(timeout) returns the flag',
  'event.set': 'set() releases all that wait at that moment even if clear() follows at once',

  'barrier.index': 'each of n gets its own index, 0 to n − 1',
  'barrier.broken': 'a timeout or abort breaks it for all (BrokenBarrierError)',
  'barrier.reset': 'reset heals',
  'barrier.parties': '0 parties is a ValueError',
  'barrier.action': 'the action runs once a round, before any passes; its error breaks the barrier',

  'queue.bound': 'a maxSize of 0 or less is unbounded',
  'queue.block': 'put and get take block and timeout, and throw Full and Empty',
  'queue.nonblocking': 'with block false the timeout is ignored',
  'queue.negative': 'get(timeout < 0) is always a ValueError, put(timeout < 0) only when bounded',
  'queue.nowait': 'putNowait, getNowait',
  'queue.size': 'qsize, empty, full',
  'queue.taskDone': 'taskDone more often than put is a ValueError, and the count stays',
  'queue.join': 'join waits for unfinished = 0',
  'queue.refused': 'an item that cannot be stored leaves the queue as it was',
  'queue.items': 'items and primitives inside items come out as they went in',
  'queue.order': 'first in, first out; LifoQueue newest first; PriorityQueue lowest first',
  'queue.ties': 'equal priorities keep their order of arrival',
  'shutdown.put': 'after shutdown put throws ShutDown at once, before Full',
  'shutdown.get': 'after shutdown get drains and then throws ShutDown',
  'shutdown.immediate': 'an immediate shutdown also drops what is queued and wakes join',

  'ring.frames': 'frames come out once, in order, in their channels; the counts show from every thread',
  'ring.space': 'waitForSpace(frames, timeout) returns whether there is space; a timeout of 0 or less polls',
  'ring.read-wait':
    'waitUntilRead(index, timeout) returns whether it was read; a later wait ends an earlier one',
  'ring.reset': 'after reset the reader skips what it has not read',

  'thread.options': 'options target, name, args, kwargs, daemon',
  'thread.group': 'a group other than null is an error',
  'thread.misuse': 'start twice, join before start, join oneself, daemon set after start are RuntimeErrors',
  'thread.join': 'join(timeout) always returns undefined and never rethrows',
  'thread.isAlive': 'isAlive from start to end',
  'thread.ident': 'ident and nativeId are undefined before start',
  'thread.names': 'names Thread-1 (target), …',
  'thread.excepthook': 'an uncaught error goes to excepthook with the thread and ends only that thread',
  'thread.daemon': 'what is not daemon is joined at exit (see ../exit.test.ts for Node); daemon is inherited',
  'thread.starts': 'a thread can start threads',

  'process.timer': 'Timer as in Python',
  'process.local': 'local as in Python',
  'process.current': 'currentThread, mainThread, enumerate, activeCount as in Python',

  'all.pairs': 'works between any two threads of the process, workers and main alike',
  'all.async': 'main has the async twin of everything that can block, and must use it in a browser',
  'all.names': 'names given at construction appear in every snapshot; an empty name counts as none',
  'all.disposed': 'what was disposed of throws RuntimeError at every use, on every thread',
  'all.numbers': 'what is no number is a TypeError; one that does not fit 32 bits is a ValueError',

  'death.held': 'what a dead thread held is marked; the next to acquire it gets it, and is told',
  'death.repair': 'the data can be repaired, and the mark removed',
  'death.join': "waiters on a dead thread's join wake",
  'death.waiting': 'a thread that dies while it waits is forgotten, and nobody gains or loses by it',

  'limits.threads': 'more threads than the table holds: a RuntimeError, and the next call works',
  'limits.objects': 'more objects than the table holds: a MemoryError, and what there is goes on',
  'limits.waits': 'more asynchronous waits than the table holds: a MemoryError, and the next call works',
  'limits.memory': 'memory full: a MemoryError, nothing lost, and the next call works',
} as const

export type Line = keyof typeof contract
