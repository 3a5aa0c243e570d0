/** The genres that ID3v1 and its extensions by Winamp number from 0. */
const names =
  `Blues|Classic Rock|Country|Dance|Disco|Funk|Grunge|Hip-Hop|Jazz|Metal|New Age|Oldies|Other|Pop|R&B|Rap|Reggae|Rock|Techno|Industrial|Alternative|Ska|Death Metal|Pranks|Soundtrack|Euro-Techno|Ambient|Trip-Hop|Vocal|Jazz+Funk|Fusion|Trance|Classical|Instrumental|Acid|House|Game|Sound Clip|Gospel|Noise|Alternative Rock|Bass|Soul|Punk|Space|Meditative|Instrumental Pop|Instrumental Rock|Ethnic|Gothic|Darkwave|Techno-Industrial|Electronic|Pop-Folk|Eurodance|Dream|Southern Rock|Comedy|Cult|Gangsta|Top 40|Christian Rap|Pop/Funk|Jungle|Native American|Cabaret|New Wave|Psychedelic|Rave|Showtunes|Trailer|Lo-Fi|Tribal|Acid Punk|Acid Jazz|Polka|Retro|Musical|Rock & Roll|Hard Rock|Folk|Folk-Rock|National Folk|Swing|Fast Fusion|Bebop|Latin|Revival|Celtic|Bluegrass|Avantgarde|Gothic Rock|Progressive Rock|Psychedelic Rock|Symphonic Rock|Slow Rock|Big Band|Chorus|Easy Listening|Acoustic|Humour|Speech|Chanson|Opera|Chamber Music|Sonata|Symphony|Booty Bass|Primus|Porn Groove|Satire|Slow Jam|Club|Tango|Samba|Folklore|Ballad|Power Ballad|Rhythmic Soul|Freestyle|Duet|Punk Rock|Drum Solo|A Cappella|Euro-House|Dance Hall|Goa|Drum & Bass|Club-House|Hardcore|Terror|Indie|BritPop|Negerpunk|Polsk Punk|Beat|Christian Gangsta Rap|Heavy Metal|Black Metal|Crossover|Contemporary Christian|Christian Rock|Merengue|Salsa|Thrash Metal|Anime|JPop|Synthpop|Abstract|Art Rock|Baroque|Bhangra|Big Beat|Breakbeat|Chillout|Downtempo|Dub|EBM|Eclectic|Electro|Electroclash|Emo|Experimental|Garage|Global|IDM|Illbient|Industro-Goth|Jam Band|Krautrock|Leftfield|Lounge|Math Rock|New Romantic|Nu-Breakz|Post-Punk|Post-Rock|Psytrance|Shoegaze|Space Rock|Trop Rock|World Music|Neoclassical|Audiobook|Audio Theatre|Neue Deutsche Welle|Podcast|Indie Rock|G-Funk|Dubstep|Garage Rock|Psybient`.split(
    '|',
  )

/** Returns the name of a numbered genre; undefined for an unknown number. */
export function numberedGenre(number: number): string | undefined {
  return names[number]
}

/**
 * Returns the genres that one value of TCON means. v2.3 writes numbers in brackets, with their refinement after them:
 * `(4)Eurodisco`, `(51)(39)`; two opening brackets stand for one of the text. v2.4 writes `4`. RX and CR are words of both.
 */
export function parseGenre(value: string): string[] {
  const genres: string[] = []
  let rest = value.trim()
  for (let match = reference.exec(rest); match !== null; match = reference.exec(rest)) {
    genres.push(...genreOf(match[1] ?? ''))
    rest = rest.slice(match[0].length).trim()
  }
  if (rest.startsWith('((')) rest = rest.slice(1)
  if (rest !== '') genres.push(...genreOf(rest))
  return genres.filter((genre, index) => isFirst(genres, genre, index))
}

const reference = /^\((\d{1,3}|RX|CR)\)/

function genreOf(word: string): string[] {
  if (word === 'RX') return ['Remix']
  if (word === 'CR') return ['Cover']
  if (!/^\d{1,3}$/.test(word)) return [word]
  // 255 means no genre.
  const name = numberedGenre(Number(word))
  return name === undefined ? (Number(word) === 255 ? [] : [word]) : [name]
}

/** A refinement often repeats the genre: `(17)Rock`. */
function isFirst(genres: readonly string[], genre: string, index: number): boolean {
  return genres.findIndex((other) => other.toLowerCase() === genre.toLowerCase()) === index
}
