import type { SoundMeter } from '../audio/graph/sound-meter.ts'
import type { ToneGraph } from '../audio/graph/tone-graph.ts'
import { useWindow } from '../store/window-store.ts'

/** What a meter measures. */
export type SoundMeasurement = Pick<SoundMeter, 'levels' | 'maxFrequency' | 'spectrum'>

let present: ToneGraph | undefined

/** Makes the graph follow the window's sound settings, and the meters measure it. It replaces an earlier graph. */
export function linkToneGraph(graph: ToneGraph): void {
  present = graph
  graph.apply(useWindow.getState().sound)
  const unsubscribe = useWindow.subscribe(({ sound }, previous) => {
    if (present !== graph) unsubscribe()
    else if (sound !== previous.sound) graph.apply(sound)
  })
}

/** Begins to measure what is heard. Returns undefined while a media element plays. Close it when it is not visible. */
export const openSoundMeter = (): SoundMeter | undefined => present?.openMeter()
