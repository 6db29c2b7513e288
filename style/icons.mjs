// Icons as places of one drawing: for each drawing that a sheet uses, browsers set up a document before they paint.

const RULE = /(\.icon-\\\[[^{]+\{)([^}]*)\}/g;
const DRAWING = /url\("data:image\/svg\+xml,([^"]*)"\)/;
const SIDE = 24;

/** A sheet with the rules of `@iconify/tailwind4`, with the icons below each other in one drawing. */
export function together(css) {
  const rules = [...css.matchAll(RULE)];
  const drawings = rules.map(([rule, , body]) => {
    const [, drawing] = body.match(DRAWING) ?? [];
    const whole = drawing && decodeURIComponent(drawing).match(/^<svg [^>]*viewBox='0 0 24 24'[^>]*>(.*)<\/svg>$/);
    if (!whole) throw new Error(`no icon of ${SIDE} by ${SIDE}: ${rule}`);
    return whole[1];
  });
  if (rules.length < 2) return css;
  const placed = drawings.map((drawing, at) => `<g transform='translate(0 ${at * SIDE})'>${drawing}</g>`).join('');
  const height = SIDE * rules.length;
  const all = `<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 ${SIDE} ${height}' width='${SIDE}' height='${height}'>${placed}</svg>`;
  const escaped = all.replace(/[%<>#]/g, encodeURIComponent);
  const mask = `url("data:image/svg+xml,${escaped}") 0 var(--at)/100% ${rules.length * 100}% no-repeat`;
  const shared = `[class*="icon-["]{width:1em;height:1em;display:inline-block;background-color:currentColor;mask:${mask}}`;
  let at = 0;
  return css.replace(RULE, (_, head) => {
    const own = `${head}--at:${+((at / (rules.length - 1)) * 100).toFixed(4)}%}`;
    at += 1;
    return at === 1 ? shared + own : own;
  });
}
