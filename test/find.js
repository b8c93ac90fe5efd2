// What a person finds on a page by the words that stand there. The tests put
// this in front of an expression such as  .button('提交申请', ['联系人']).
(() => {
  const bare = (s) => (s || '').replace(/\s+/g, '');
  const seen = (e) => e.getClientRects().length > 0 && getComputedStyle(e).visibility !== 'hidden';
  const all = (root, selector) => Array.from(root.querySelectorAll(selector)).filter(seen);
  const said = (e) => {
    const c = e.cloneNode(true);
    c.querySelectorAll('.ow-must,.ow-prefilled,select,textarea').forEach((x) => x.remove());
    return bare(e.getAttribute('aria-label') || c.textContent);
  };
  // pick prefers the words exactly, then at the beginning, then anywhere.
  const pick = (list, words, of) => {
    const w = bare(words);
    return list.find((e) => of(e) === w) || list.find((e) => of(e).startsWith(w)) || list.find((e) => of(e).includes(w)) || null;
  };
  const heading = (box) => {
    const h = box.querySelector('h1,h2,h3,h4,legend,summary,caption');
    return bare(box.getAttribute('aria-label')) || (h ? said(h) : '');
  };
  // part is the smallest part of the page under a heading, or the row of a
  // list that has the words.
  const part = (path) => {
    let root = document;
    for (const words of path) {
      const w = bare(words);
      const headed = all(root, 'main,section,fieldset,form,details,.ow-panel,.ow-note').filter((b) => heading(b).includes(w));
      const boxes = headed.length ? headed : all(root, 'tr,li,.ow-material,.ow-abreast').filter((b) => bare(b.textContent).includes(w));
      const size = (b) => bare(b.textContent).length;
      root = boxes.sort((a, b) => size(a) - size(b))[0];
      if (!root) return null;
    }
    return root;
  };
  const within = (path, selector) => {
    const root = part(path || []);
    return root ? all(root, selector) : [];
  };
  const control = (words, path) => {
    const l = pick(within(path, 'label').filter((x) => x.control && !['radio', 'checkbox'].includes(x.control.type)), words, said);
    return l ? l.control : pick(within(path, 'input[aria-label],textarea[aria-label],select[aria-label]'), words, said);
  };
  const question = (words, path) => pick(within(path, 'fieldset').filter((f) => f.querySelector('input[type=radio],input[type=checkbox]')),
    words, heading);
  const choice = (words, answer, path) => {
    const q = question(words, path);
    const l = q && pick(Array.from(q.querySelectorAll('label')), answer, said);
    return l ? l.control : null;
  };
  const tick = (words, path) => {
    const l = pick(within(path, 'label').filter((x) => x.control && ['radio', 'checkbox'].includes(x.control.type)), words, said);
    return l ? l.control : null;
  };
  const kind = (words, path) => {
    const c = control(words, path);
    const w = bare(words);
    if (c && said(c.labels && c.labels[0] || c) === w) return c.tagName === 'SELECT' ? 'select' : c.type;
    const q = question(words, path);
    if (q && heading(q) === w) return q.querySelector('input').type;
    return '';
  };
  const questions = (answer, path) => within(path, 'fieldset').filter((f) =>
    Array.from(f.querySelectorAll('label')).some((l) => l.control && l.control.type === 'radio' && said(l) === bare(answer))).map(heading);
  const facts = (path) => {
    const root = part(path || []);
    const out = {};
    if (root) root.querySelectorAll('dt').forEach((t) => { out[bare(t.textContent)] = (t.nextElementSibling || t).textContent.trim(); });
    return out;
  };
  return {
    button: (words, path) => pick(within(path, 'button,input[type=submit]'), words, said),
    link: (words, path) => pick(within(path, 'a[href]'), words, said),
    summary: (words, path) => pick(within(path, 'summary'), words, said),
    control, choice, tick, kind, questions, facts, part,
    words: (path) => { const root = part(path || []); return root ? bare(root === document ? document.body.innerText : root.innerText) : ''; },
    value: (words, path) => { const c = control(words, path); return c ? c.value : ''; },
  };
})()
