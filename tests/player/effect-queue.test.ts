import { describe, expect, it } from 'vitest'
import { drainEffects } from '../../shared/player/effect-queue.ts'
import type { Effect } from '../../shared/player/playback-state.ts'

describe('drainEffects', () => {
  it('performs what follows from an effect before the rest', () => {
    const performed: Effect['kind'][] = []
    const follow: Partial<Record<Effect['kind'], readonly Effect[]>> = {
      needNext: [{ kind: 'setPlaying' }, { kind: 'peekNext' }],
      peekNext: [{ kind: 'restartPlan' }],
    }
    drainEffects([{ kind: 'needNext', reason: 'next' }, { kind: 'clearPlaying' }], (effect) => {
      performed.push(effect.kind)
      return follow[effect.kind] ?? []
    })
    expect(performed).toEqual(['needNext', 'setPlaying', 'peekNext', 'restartPlan', 'clearPlaying'])
  })

  it('needs no stack for a long chain', () => {
    let left = 100_000
    drainEffects([{ kind: 'peekNext' }], () => (left-- > 0 ? [{ kind: 'peekNext' }] : []))
    expect(left).toBe(-1)
  })
})
