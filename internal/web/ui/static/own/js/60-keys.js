// <div data-keys> around a table: j and k move from row to row, Enter opens the
// row because its link has the focus. Nothing happens while somebody types.
(() => {
  const typing = (e) => e.target instanceof Element && e.target.closest('input,textarea,select,[contenteditable]');
  document.addEventListener('keydown', (e) => {
    if (e.key !== 'j' && e.key !== 'k' || e.ctrlKey || e.metaKey || e.altKey || typing(e)) return;
    const links = ow.all('[data-keys] tbody th a');
    if (links.length === 0) return;
    const at = links.findIndex((a) => a === document.activeElement || a.closest('tr').contains(document.activeElement));
    const next = e.key === 'j' ? Math.min(at + 1, links.length - 1) : Math.max(at - 1, 0);
    e.preventDefault();
    links[next].focus();
  });
})();
