import { create } from 'zustand'
import { exercises } from '../exercises/index.ts'
import type { Setup } from '../model/exercise.ts'
import { createInitialSetup, formatLink, type ParsedLink, parseLink } from './deep-link.ts'

export type ListingChoice = 'typescript' | 'python' | 'both'

/** What the user has set in the Lab. It outlives the view and its process. */
interface LabState {
  readonly exercise: string
  /** By exercise, without those that were never changed. */
  readonly setups: Readonly<Record<string, Setup>>
  readonly slowness: number
  readonly listingChoice: ListingChoice
  /** About invalid parts of the link that was opened last. */
  readonly warning: string | undefined
}

const firstExercise = exercises[0]!

export const useLabStore = create<LabState>(() => ({
  exercise: firstExercise.id,
  setups: {},
  slowness: 1,
  listingChoice: 'typescript',
  warning: undefined,
}))

export const exerciseById = (id: string) =>
  exercises.find((candidate) => candidate.id === id) ?? firstExercise

export const getSetup = ({ setups }: LabState, id: string): Setup =>
  setups[id] ?? createInitialSetup(exerciseById(id))

export const showExercise = (exercise: string): void => useLabStore.setState({ exercise, warning: undefined })

export function changeSetupValue(name: string, value: Setup[string]): void {
  useLabStore.setState((state) => {
    const setup = { ...getSetup(state, state.exercise), [name]: value }
    return { setups: { ...state.setups, [state.exercise]: setup }, warning: undefined }
  })
}

export const setSlowness = (slowness: number): void => useLabStore.setState({ slowness, warning: undefined })

export const chooseListing = (listingChoice: ListingChoice): void => useLabStore.setState({ listingChoice })

/** Returns the link to the page that is shown, with its setup. */
export function formatCurrentLink(state: LabState): string {
  const { exercise, slowness } = state
  return formatLink(exerciseById(exercise), getSetup(state, exercise), slowness)
}

/** Shows the page of a link. Returns whether it is a link to the Lab. */
export function openLink(text: string): boolean {
  const link = parseLink(text, exercises)
  if (link !== undefined) useLabStore.setState(({ setups }) => applyLink(setups, link))
  return link !== undefined
}

const applyLink = (
  setups: LabState['setups'],
  { exercise, setup, slowness, warning }: ParsedLink,
): Partial<LabState> => ({ exercise, setups: { ...setups, [exercise]: setup }, slowness, warning })
