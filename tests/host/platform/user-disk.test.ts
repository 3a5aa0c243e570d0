import { setImmediate } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { DiskHangsError, UserDisks } from '../../../electron/platform/user-disk.ts'

const hanging = () => new Promise<never>(() => undefined)

/** An access that returns when the test wants. */
function pendingAccess<Result>() {
  const { promise, resolve, reject } = Promise.withResolvers<Result>()
  let hasStarted = false
  const action = () => {
    hasStarted = true
    return promise
  }
  return { action, resolve, reject, hasStarted: () => hasStarted }
}

const makeDisks = (timeout = 20) => new UserDisks({ maxPending: 2, timeout })

describe('accesses to the user’s disks', () => {
  test('return their results and errors', async () => {
    const disks = makeDisks()
    expect(await disks.access('/music', async () => 7)).toBe(7)
    const failure = disks.access('/music', async () => Promise.reject(new Error('ENOENT')))
    await expect(failure).rejects.toThrow('ENOENT')
    expect(await disks.access('/music', async () => 8)).toBe(8)
  })

  test('run two at a time, in their order, and one on each disk', async () => {
    const disks = makeDisks(60_000)
    const folders = ['/one', '/one', '/two', '/three']
    const accesses = folders.map((folder) => ({ folder, ...pendingAccess<string>() }))
    const results = Promise.allSettled(accesses.map(({ folder, action }) => disks.access(folder, action)))
    const started = async () => {
      await setImmediate()
      return accesses.map(({ hasStarted }) => hasStarted())
    }
    expect(await started()).toEqual([true, false, true, false])
    accesses[0]?.resolve('first')
    expect(await started()).toEqual([true, true, true, false])
    accesses[2]?.reject(new Error('third'))
    expect(await started()).toEqual([true, true, true, true])
    accesses[1]?.resolve('second')
    accesses[3]?.resolve('fourth')
    expect(
      (await results).map((result) => ('value' in result ? result.value : result.reason.message)),
    ).toEqual(['first', 'second', 'third', 'fourth'])
  })

  test('fail if they hang, and with them all that wait for the same disk', async () => {
    const disks = makeDisks()
    const settled = await Promise.allSettled([
      disks.access('/drive', hanging),
      disks.access('/drive', hanging),
    ])
    for (const result of settled)
      expect(result).toMatchObject({ status: 'rejected', reason: expect.any(DiskHangsError) })
    const later = pendingAccess()
    await expect(disks.access('/drive', later.action)).rejects.toThrow(DiskHangsError)
    expect(later.hasStarted()).toBe(false)
    expect(await disks.access('/other', async () => 'works')).toBe('works')
  })

  test('keep their slots until they return, so that no more than two ever hang', async () => {
    const disks = makeDisks()
    const returning = pendingAccess<string>()
    const waiting = pendingAccess()
    const settled = await Promise.allSettled([
      disks.access('/one', returning.action),
      disks.access('/two', hanging),
      disks.access('/three', waiting.action),
    ])
    for (const result of settled)
      expect(result).toMatchObject({ status: 'rejected', reason: expect.any(DiskHangsError) })
    await expect(disks.access('/three', waiting.action)).rejects.toThrow(DiskHangsError)
    expect(waiting.hasStarted()).toBe(false)
    returning.resolve('late')
    await setImmediate()
    expect(await disks.access('/three', async () => 3)).toBe(3)
    expect(await disks.access('/one', async () => 1)).toBe(1)
    await expect(disks.access('/two', async () => 2)).rejects.toThrow(DiskHangsError)
  })

  test('pass on what they return too late', async () => {
    const disks = makeDisks()
    const late = pendingAccess<string>()
    const discarded: string[] = []
    const access = disks.access('/drive', late.action, (result) => discarded.push(result))
    await expect(access).rejects.toThrow(DiskHangsError)
    late.resolve('open file')
    await setImmediate()
    expect(discarded).toEqual(['open file'])
  })

  test('wait for their disk if nobody waits for them', async () => {
    const disks = makeDisks()
    const late = pendingAccess()
    await expect(disks.access('/drive', late.action)).rejects.toThrow(DiskHangsError)
    const closing = pendingAccess<void>()
    disks.accessLater('/drive', closing.action)
    await setImmediate()
    expect(closing.hasStarted()).toBe(false)
    late.resolve(undefined)
    await setImmediate()
    expect(closing.hasStarted()).toBe(true)
    closing.reject(new Error('EIO'))
    await setImmediate()
    expect(await disks.access('/drive', async () => 'works')).toBe('works')
  })
})
