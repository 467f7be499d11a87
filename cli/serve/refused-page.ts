/** What somebody sees who may not see the page. @param why one of our own sentences */
export function refusedPage(why: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>Not open to this address · Labwright</title></head>
<body><main><h1>This page is not open to this address</h1>
<p>${why} Open the whole address that <code>labwright serve</code> printed in the terminal.</p></main></body></html>
`;
}
