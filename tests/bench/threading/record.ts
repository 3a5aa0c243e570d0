/** An item of about 200 bytes as JSON; `python.py` has the same. */
export const record = {
  id: 12345,
  title: 'A song of some length',
  artist: 'Somebody',
  album: 'Something',
  path: 'folder/of/some/file name.flac',
  duration: 215.5,
  tags: ['a', 'b', 'c'],
  number: 1234567,
  rest: 'padding padding pad',
}
