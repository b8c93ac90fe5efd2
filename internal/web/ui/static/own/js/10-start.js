// onewindow.js makes pages more comfortable; every page works without it. No
// eval, no inline style, no request to another origin. The parts in this
// folder are joined in the order of their names.
'use strict';
window.ow = (() => {
  document.documentElement.classList.add('js');

  const on = (type, selector, act) => document.addEventListener(type, (e) => {
    const t = e.target instanceof Element ? e.target.closest(selector) : null;
    if (t) act(t, e);
  });
  const all = (selector, root) => Array.from((root || document).querySelectorAll(selector));
  // each runs act on what is there now and on what htmx brings later.
  const each = (selector, act) => {
    all(selector).forEach(act);
    document.addEventListener('htmx:load', (e) => {
      const root = e.detail && e.detail.elt;
      if (!root || root === document.body) return;
      if (root.matches(selector)) act(root);
      all(selector, root).forEach(act);
    });
  };
  const clock = () => {
    const now = new Date();
    return String(now.getHours()).padStart(2, '0') + ':' + String(now.getMinutes()).padStart(2, '0');
  };
  const say = (place, words, tone) => {
    if (!place) return;
    place.textContent = words;
    place.dataset.tone = tone || '';
  };
  return { on, all, each, clock, say };
})();

// The summary of what is wrong, or what is new, takes the focus.
(() => {
  const target = document.querySelector('[data-focus]');
  if (target) target.focus();
  document.addEventListener('htmx:afterSettle', (e) => {
    const found = e.target instanceof Element && e.target.querySelector('[data-focus]');
    if (found) found.focus();
  });
})();

// Menus made of <details> close on Escape and on a click elsewhere.
(() => {
  const close = (keep) => ow.all('details.ow-menu[open]').forEach((d) => { if (d !== keep) d.open = false; });
  document.addEventListener('click', (e) => close(e.target instanceof Element ? e.target.closest('details.ow-menu') : null));
  document.addEventListener('keydown', (e) => {
    if (e.key !== 'Escape') return;
    const open = document.querySelector('details.ow-menu[open]');
    if (!open) return;
    open.open = false;
    open.querySelector('summary').focus();
  });
})();

// Print and copy.
(() => {
  ow.on('click', '[data-print]', () => window.print());
  ow.on('click', '[data-copy]', (b) => {
    const words = b.dataset.copy;
    const done = () => {
      const before = b.dataset.label || b.textContent;
      b.dataset.label = before;
      const word = b.querySelector('span');
      (word || b).textContent = '已复制';
      setTimeout(() => { (word || b).textContent = before; }, 2000);
    };
    if (navigator.clipboard && window.isSecureContext) navigator.clipboard.writeText(words).then(done, () => {});
    else if (byHand(words)) done();
  });
  const byHand = (words) => {
    const t = document.createElement('textarea');
    t.value = words;
    t.className = 'ow-hidden';
    document.body.append(t);
    t.select();
    const ok = document.execCommand('copy');
    t.remove();
    return ok;
  };
})();
