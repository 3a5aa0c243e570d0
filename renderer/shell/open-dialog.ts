/**
 * Returns whether a dialog, a menu or a popover with controls is open, which then receives the keys. Closed popovers
 * stay in the document.
 */
export const isDialogOpen = (): boolean =>
  document.querySelector('[role=dialog]:not([popover]), [role=menu], :popover-open[popover=auto]') !== null
