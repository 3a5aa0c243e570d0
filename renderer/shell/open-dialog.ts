/**
 * Whether a dialog or a popover of controls is open, so that keys are its own. Popovers stay in the page while they are
 * closed.
 */
export const isDialogOpen = (): boolean =>
  document.querySelector('[role=dialog]:not([popover]), :popover-open[popover=auto]') !== null
