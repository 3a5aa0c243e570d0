/** The id of the element that shows the chosen list. */
export const libraryPanelId = 'library-panel'
