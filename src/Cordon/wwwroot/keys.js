// Keys for tables: "/" goes to the find field, arrows go from row to row. Enter opens, as links do.
// Every page has them from its first row on, so they are loaded with the shell and not by a page.
const rows = link => [...link.closest('table').querySelectorAll('tbody tr a')];

document.addEventListener('keydown', e => {
  if (e.ctrlKey || e.metaKey || e.altKey) return;
  const typing = e.target.matches('input, textarea, select');
  const find = document.querySelector('[data-find]');
  if (e.key === '/' && !typing && find) {
    e.preventDefault();
    find.focus();
  }
  if (e.key !== 'ArrowDown' && e.key !== 'ArrowUp') return;
  const from = e.target.closest('table[data-rows] a');
  const first = document.querySelector('table[data-rows] tbody a');
  if (!from && !(e.target === find && e.key === 'ArrowDown') && e.target !== document.body && e.target.tagName !== 'H1') return;
  const list = from ? rows(from) : first ? rows(first) : [];
  const next = from ? list[list.indexOf(from) + (e.key === 'ArrowDown' ? 1 : -1)] : list[0];
  if (!next) return;
  e.preventDefault();
  next.focus();
});
