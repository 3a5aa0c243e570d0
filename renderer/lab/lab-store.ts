import { create } from 'zustand'
import type { Setup } from './exercise.ts'
import { exercises } from './exercises/index.ts'
import { firstSetup, linkTo, type ReadLink, readLink } from './link.ts'

/** Which listings are shown. */
export type Listings = 'typescript' | 'python' | 'both'

/** What the user has set in the Lab: it outlives the view, whose process does not. */
interface LabState {
  readonly exercise: string
  /** By exercise; those that were never changed are not in it. */
  readonly setups: Readonly<Record<string, Setup>>
  readonly slowness: number
  readonly listings: Listings
  /** What the link that was opened last asked for and could not have. */
  readonly complaint: string | undefined
}

const first = exercises[0]!

export const useLab = create<LabState>(() => ({
  exercise: first.id,
  setups: {},
  slowness: 1,
  listings: 'typescript',
  complaint: undefined,
}))

export const exerciseWithId = (id: string) => exercises.find((one) => one.id === id) ?? first

export const setupOf = ({ setups }: LabState, id: string): Setup =>
  setups[id] ?? firstSetup(exerciseWithId(id))

export const showExercise = (exercise: string): void => useLab.setState({ exercise, complaint: undefined })

export function changeSetup(name: string, value: Setup[string]): void {
  useLab.setState((was) => {
    const setup = { ...setupOf(was, was.exercise), [name]: value }
    return { setups: { ...was.setups, [was.exercise]: setup }, complaint: undefined }
  })
}

export const setSlowness = (slowness: number): void => useLab.setState({ slowness, complaint: undefined })

export const showListings = (listings: Listings): void => useLab.setState({ listings })

/** The link to what is shown, as it is set. */
export function presentLink(state: LabState): string {
  const { exercise, slowness } = state
  return linkTo(exerciseWithId(exercise), setupOf(state, exercise), slowness)
}

/** Shows what a link asks for. Says whether it is a link to the Lab at all. */
export function openLink(text: string): boolean {
  const link = readLink(text, exercises)
  if (link !== undefined) useLab.setState((was) => withLink(was, link))
  return link !== undefined
}

const withLink = (was: LabState, { exercise, setup, slowness, complaint }: ReadLink): Partial<LabState> => ({
  exercise,
  setups: { ...was.setups, [exercise]: setup },
  slowness,
  complaint,
})
