import 'react'

// React writes custom properties in `style` unchanged.
declare module 'react' {
  interface CSSProperties {
    [variable: `--${string}`]: string | number
  }
}
