/** What a worker of the Lab loads: every program, for their targets. */
import './creating.ts'
import './interference.ts'
import './life.ts'
import './processes.ts'
import './locks.ts'
import './semaphores.ts'
import './conditions.ts'
import './events.ts'
