// Fields that are asked only under a condition. data-show-if holds a list of
// tests that must all hold, such as
//   [{"field":"kind","op":"in","values":["company"]}]
// with the ops equals, in, present, above, at_least, below, at_most. The server
// draws every field and marks the unasked ones hidden; it decides again, by the
// same tests, when the form arrives.
(() => {
  const number = (s) => /^-?[0-9]+(\.[0-9]+)?$/.test(s) ? Number(s) : NaN;
  const order = {
    above: (a, b) => a > b,
    at_least: (a, b) => a >= b,
    below: (a, b) => a < b,
    at_most: (a, b) => a <= b,
  };
  const passes = (test, form) => {
    const got = new FormData(form).getAll(test.field).map((v) => String(v).trim()).filter((v) => v !== '');
    const numeric = form.querySelector('[name="' + CSS.escape(test.field) + '"][inputmode=decimal]');
    const same = (a, b) => a === b || Boolean(numeric) && number(a) === number(b);
    if (got.length === 0) return false;
    if (test.op === 'present') return true;
    if (test.op === 'equals') return got.some((v) => same(v, test.value));
    if (test.op === 'in') return got.some((v) => test.values.some((w) => same(v, w)));
    return order[test.op](number(got[0]), number(test.value));
  };
  const holds = (tests, form) => tests.every((t) => passes(t, form));
  const draw = (form) => {
    // A field that is not asked counts as empty for those that depend on it,
    // so hiding may cascade: repeat until nothing changes.
    for (let round = 0; round < 10; round++) {
      let changed = false;
      ow.all('[data-show-if]', form).forEach((box) => {
        let want;
        try { want = holds(JSON.parse(box.dataset.showIf), form); } catch (_) { return; }
        if (box.hidden === want) {
          box.hidden = !want;
          changed = true;
        }
        ow.all('input,select,textarea', box).forEach((x) => {
          const off = Boolean(x.closest('[data-show-if][hidden]'));
          if (off !== x.disabled && (off || x.owOff)) x.disabled = x.owOff = off;
        });
      });
      if (!changed) return;
    }
  };
  ow.each('form', (form) => { if (form.querySelector('[data-show-if]')) draw(form); });
  ow.on('input', 'form', (form) => { if (form.querySelector('[data-show-if]')) draw(form); });
})();

// The list of what stopped a form says which field each line is about, unless
// the line names the field itself.
ow.each('.ow-note[role=alert] a[href^="#f-"]', (a) => {
  const at = document.getElementById(a.hash.slice(1));
  const set = at && at.closest('.ow-field'); // of one field, or of several choices under one legend
  const label = set && (set.querySelector(':scope > legend') || set.querySelector('label[for="' + CSS.escape(at.id) + '"]'));
  const name = label && [...label.childNodes].filter((n) => n.nodeType === 3).map((n) => n.data).join('').trim();
  if (name && !a.textContent.includes(name)) a.prepend(name + '：');
});

// One click, one submission. The button keeps its name and value, so it is only
// marked; the mark goes when the page comes back or after fifteen seconds.
(() => {
  const free = (form) => {
    delete form.dataset.sent;
    ow.all('[data-busy]', form).forEach((b) => {
      b.textContent = '';
      b.append(...(b.owBefore || []));
      b.removeAttribute('data-busy');
      b.removeAttribute('aria-disabled');
    });
  };
  const hold = (form, button) => {
    form.dataset.sent = '1';
    if (button && button.dataset.wait) {
      button.owBefore = Array.from(button.childNodes);
      button.textContent = button.dataset.wait;
      button.dataset.busy = '1';
      button.setAttribute('aria-disabled', 'true');
    }
    setTimeout(() => free(form), 15000);
  };
  document.addEventListener('submit', (e) => {
    const form = e.target;
    if (form.dataset.sent) {
      e.preventDefault();
      e.stopImmediatePropagation();
      return;
    }
    if ((form.getAttribute('method') || 'get').toLowerCase() !== 'post') return;
    hold(form, e.submitter);
  }, true);
  window.addEventListener('pageshow', () => ow.all('form[data-sent]').forEach(free));
  document.addEventListener('htmx:afterRequest', (e) => { if (e.target instanceof HTMLFormElement) free(e.target); });
  ow.free = free;
})();

// <form data-dirty>: ask before what was typed is thrown away.
(() => {
  let leaving = false;
  document.addEventListener('input', (e) => {
    const form = e.target instanceof Element && e.target.closest('form[data-dirty]');
    if (form) form.dataset.changed = '1';
  });
  document.addEventListener('submit', () => { leaving = true; setTimeout(() => { leaving = false; }, 15000); });
  window.addEventListener('beforeunload', (e) => {
    if (leaving || !document.querySelector('form[data-dirty][data-changed]')) return;
    e.preventDefault();
    e.returnValue = '';
  });
  ow.leave = () => { leaving = true; };
})();
