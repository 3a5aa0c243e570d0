import type { SoundMeter } from '../../audio/graph/sound-meter.ts'
import type { ToneGraph } from '../../audio/graph/tone-graph.ts'
import { useWindow } from '../../store/window-store.ts'

/** What a meter measures. */
export type SoundMeasurement = Pick<SoundMeter, 'levels' | 'maxFrequency' | 'spectrum'>

let present: ToneGraph | undefined

/** Makes a graph with the present settings follow the window's, and the meters measure it. It replaces the one of a closed context. */
export function linkToneGraph(graph: ToneGraph): void {
  present?.closeMeters()
  present = graph
  const unsubscribe = useWindow.subscribe(({ sound }, previous) => {
    if (present !== graph) unsubscribe()
    else if (sound !== previous.sound) graph.apply(sound)
  })
}

/** Begins to measure what is heard. Returns undefined while a media element plays. Close it when it is not visible. */
export const openSoundMeter = (): SoundMeter | undefined => present?.openMeter()
