/** How a channel is predicted from its last samples. */
export interface Predictor {
  /** They adapt with each sample. */
  readonly coefficients: Int16Array
  /** The binary digits of a coefficient behind the point. */
  readonly shift: number
}

/** This number of coefficients says that there are none, and the values are differences to the sample before. */
const differencesOnly = 31

/** Replaces differences to the sample before by samples of `width` bits. */
export function addDifferences(values: Int32Array, count: number, width: number): void {
  const unused = 32 - width
  for (let index = 1; index < count; index++)
    values[index] = (((values[index] as number) + (values[index - 1] as number)) << unused) >> unused
}

/** Replaces differences to predictions by samples of `width` bits. */
export function addPredictions(values: Int32Array, count: number, width: number, predictor: Predictor): void {
  const { coefficients } = predictor
  const order = coefficients.length
  if (order === 0) return
  addDifferences(values, order === differencesOnly ? count : Math.min(order + 1, count), width)
  if (order === differencesOnly) return
  const unused = 32 - width
  for (let index = order + 1; index < count; index++) {
    const difference = values[index] as number
    const oldest = values[index - order - 1] as number
    const sample = (difference + oldest + predict(values, index, oldest, predictor)) | 0
    values[index] = (sample << unused) >> unused
    if (difference !== 0) adapt(values, index, oldest, difference, predictor)
  }
}

/** Returns the prediction, as the difference to the sample before those that it is computed from. */
function predict(
  values: Int32Array,
  index: number,
  oldest: number,
  { coefficients, shift }: Predictor,
): number {
  let sum = shift === 0 ? 0 : 1 << (shift - 1)
  for (let tap = 0; tap < coefficients.length; tap++)
    sum = (sum + Math.imul(coefficients[tap] as number, (values[index - 1 - tap] as number) - oldest)) | 0
  return sum >> shift
}

/** Moves the coefficients against the difference, the ones of the oldest samples first, until it is used up. */
function adapt(
  values: Int32Array,
  index: number,
  oldest: number,
  difference: number,
  { coefficients, shift }: Predictor,
): void {
  const direction = difference > 0 ? 1 : -1
  let rest = difference
  for (let tap = coefficients.length - 1; tap >= 0; tap--) {
    const distance = (oldest - (values[index - 1 - tap] as number)) | 0
    const sign = distance > 0 ? direction : distance < 0 ? -direction : 0
    coefficients[tap] = (coefficients[tap] as number) - sign
    rest -= (coefficients.length - tap) * (Math.imul(sign, distance) >> shift)
    if (direction > 0 ? rest <= 0 : rest >= 0) return
  }
}
