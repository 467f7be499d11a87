/* Sorts and filters the gradebook's table. The page is whole without it. */
(() => {
  const table = document.getElementById('heat');
  const body = table.tBodies[0];
  const rows = [...body.rows].map((row) => ({ row, text: row.cells[0].textContent.toLowerCase() }));
  const heads = [...table.tHead.rows[1].cells];
  const order = { '✗': 0, '?': 1, '○': 2, '✓': 3 };
  const compare = new Intl.Collator(undefined, { numeric: true }).compare;
  const find = document.getElementById('find');
  const section = document.getElementById('section');
  const show = document.getElementById('show');
  const shown = document.getElementById('shown');

  const keys = {
    text: (cell) => cell.textContent,
    number: (cell) => (cell.dataset.value === undefined ? undefined : Number(cell.dataset.value)),
    verdict: (cell) => order[cell.textContent],
  };

  function sort(index) {
    const head = heads[index];
    const descending = head.getAttribute('aria-sort') === 'ascending';
    for (const other of heads) other.setAttribute('aria-sort', 'none');
    head.setAttribute('aria-sort', descending ? 'descending' : 'ascending');
    const kind = head.dataset.sort;
    const sign = descending ? -1 : 1;
    const keyed = rows.map((one) => ({ one, key: keys[kind](one.row.cells[index]) }));
    keyed.sort((a, b) => {
      // Who was not judged stands last, whichever way.
      if (a.key === undefined || b.key === undefined) return (a.key === undefined) - (b.key === undefined);
      return sign * (kind === 'text' ? compare(a.key, b.key) : a.key - b.key);
    });
    const sorted = document.createDocumentFragment();
    for (const { one } of keyed) sorted.append(one.row);
    body.append(sorted);
  }

  function filter() {
    const words = find.value.trim().toLowerCase();
    const wanted = section ? section.value : '';
    let count = 0;
    for (const { row, text } of rows) {
      const fits =
        text.includes(words) &&
        (wanted === '' || row.cells[1].textContent === wanted) &&
        (show.value === '' ||
          (show.value === 'late'
            ? row.cells[3].dataset.value !== '0'
            : row.dataset.has.split(' ').includes(show.value)));
      if (row.hidden === fits) row.hidden = !fits;
      if (fits) count += 1;
    }
    shown.textContent = count === rows.length ? `${count} learners` : `${count} of ${rows.length} learners`;
  }

  for (const [index, head] of heads.entries()) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = head.textContent;
    button.addEventListener('click', () => sort(index));
    head.replaceChildren(button);
  }
  find.addEventListener('input', filter);
  show.addEventListener('change', filter);
  if (section) section.addEventListener('change', filter);
  document.querySelector('.controls').hidden = false;
  filter();
})();
