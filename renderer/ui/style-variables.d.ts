import 'react'

// Custom properties in `style`: React writes them as they are.
declare module 'react' {
  interface CSSProperties {
    [variable: `--${string}`]: string | number
  }
}
