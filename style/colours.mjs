// What a sheet says of colours, once.

const ASKS = '@supports (color:color-mix(in lab, red, red)){';

/** A sheet that does not ask whether browsers mix colours: all that its other rules work in do. */
export function mixed(css) {
  for (;;) {
    const at = css.indexOf(ASKS);
    if (at < 0) return css;
    let end = at + ASKS.length;
    for (let open = 1; open; end += 1) open += { '{': 1, '}': -1 }[css[end]] ?? 0;
    css = css.slice(0, at) + css.slice(at + ASKS.length, end - 1) + css.slice(end);
  }
}
