// <form data-autosave="URL">: what is typed is sent as a draft shortly after it
// was typed. When the session has expired or the network is away, it stays in
// this tab (sessionStorage, with whose it is) and is offered again. Passwords,
// files and fields under data-no-keep are never kept.
(() => {
  const owner = document.documentElement.dataset.owner || '';
  // Attributes are read by getAttribute: a field named id would hide form.id.
  const key = (form) => 'ow:' + location.pathname + '#' + (form.getAttribute('id') || form.getAttribute('action') || '');
  const store = {
    get(k) { try { return JSON.parse(sessionStorage.getItem(k)); } catch (_) { return null; } },
    put(k, v) { try { sessionStorage.setItem(k, JSON.stringify(v)); } catch (_) { /* full or forbidden */ } },
    drop(k) { try { sessionStorage.removeItem(k); } catch (_) { /* forbidden */ } },
  };
  const kept = (form) => ow.all('input,select,textarea', form).filter((x) => x.name &&
    !['password', 'file', 'hidden', 'submit', 'button'].includes(x.type) && !x.closest('[data-no-keep]'));
  const read = (form) => kept(form).map((x) => {
    if (x.type === 'checkbox' || x.type === 'radio') return [x.name, x.value, x.checked];
    return [x.name, x.value];
  });
  const write = (form, rows) => {
    const fields = kept(form);
    const texts = {};
    rows.forEach(([name, value, checked]) => {
      const same = fields.filter((x) => x.name === name);
      if (checked !== undefined) {
        same.filter((x) => x.value === value).forEach((x) => { x.checked = checked; });
      } else {
        const i = texts[name] = (texts[name] === undefined ? 0 : texts[name] + 1);
        if (same[i]) same[i].value = value;
      }
    });
    form.dispatchEvent(new Event('input', { bubbles: true }));
  };
  const keep = (form) => store.put(key(form), { owner, rows: read(form), at: ow.clock() });

  const offer = (form) => {
    const k = key(form);
    const saved = store.get(k);
    if (!saved) return;
    if (saved.owner !== owner) {
      store.drop(k);
      return;
    }
    if (JSON.stringify(saved.rows) === JSON.stringify(read(form))) {
      store.drop(k);
      return;
    }
    const box = document.createElement('div');
    box.className = 'ow-note ow-t-info';
    box.setAttribute('role', 'status');
    const inner = document.createElement('div');
    const words = document.createElement('p');
    words.textContent = '本机暂存了您 ' + saved.at + ' 填写、尚未保存到系统的内容。';
    const row = document.createElement('div');
    row.className = 'ow-actions';
    const button = (label, look, act) => {
      const b = document.createElement('button');
      b.type = 'button';
      b.className = 'btn btn-sm ' + look;
      b.textContent = label;
      b.addEventListener('click', () => { act(); box.remove(); });
      row.append(b);
    };
    button('恢复这些内容', 'btn-primary', () => { write(form, saved.rows); store.drop(k); });
    button('不要了', 'btn-secondary', () => store.drop(k));
    inner.append(words, row);
    box.append(inner);
    form.prepend(box);
  };

  const autosave = (form) => {
    const place = form.querySelector('[data-autosave-status]');
    let timer = 0;
    let busy = false;
    let again = false;
    let held = false; // the button of a form that waits for a draft on its way
    const away = (words) => {
      keep(form);
      ow.say(place, words, 'bad');
    };
    const save = () => {
      if (busy) { again = true; return; }
      busy = true;
      const data = new FormData();
      for (const [name, value] of new FormData(form)) if (typeof value === 'string') data.append(name, value);
      fetch(form.dataset.autosave, { method: 'POST', body: new URLSearchParams(data), redirect: 'manual', headers: { 'X-Requested-With': 'onewindow-autosave' } })
        .then((r) => answer(r).then((said) => {
          if (r.ok) {
            store.drop(key(form));
            ow.say(place, '已保存 ' + ow.clock());
            delete form.dataset.changed;
          } else if (r.type === 'opaqueredirect' || r.status === 401 || r.status === 403) {
            away('登录已过期，没有保存到系统；内容已暂存在本机，重新登录后可以恢复。');
          } else if (said.message) {
            away(said.message);
          } else {
            away('没有保存到系统（' + ow.clock() + '）；内容已暂存在本机，稍后会再试。');
          }
        }), () => away('网络不通，没有保存到系统；内容已暂存在本机，网络恢复后可以恢复。'))
        .then(() => {
          busy = false;
          if (held) {
            const button = held;
            held = again = false;
            ow.free(form);
            form.requestSubmit(button === true ? null : button);
          } else if (again) { again = false; save(); }
        });
    };
    // The answer may be JSON: the version that the next saving must name, or
    // why nothing was saved.
    const answer = (r) => {
      if (!(r.headers.get('Content-Type') || '').startsWith('application/json')) return Promise.resolve({});
      return r.json().then((said) => {
        const version = form.querySelector('input[type=hidden][name=version]');
        if (version && said.version) version.value = said.version;
        return said;
      }, () => ({}));
    };
    form.addEventListener('input', (e) => {
      if (e.target.type === 'file' || !e.target.name) return;
      clearTimeout(timer);
      timer = setTimeout(save, Number(form.dataset.autosaveAfter) || 2000);
    });
    form.addEventListener('submit', (e) => {
      clearTimeout(timer);
      keep(form);
      store.put('ow:sent', key(form));
      if (!busy || e.defaultPrevented) return;
      e.preventDefault(); // a draft is on its way; the form follows it
      held = e.submitter || true;
    });
    window.addEventListener('online', () => { if (store.get(key(form))) save(); });
  };

  // A form sent before this page: when this page is an answer (not a fault and
  // not the sign-in page), what was kept has arrived.
  ow.arrived = () => {
    const sent = store.get('ow:sent');
    if (sent) store.drop(sent);
    store.drop('ow:sent');
  };
  if (!document.querySelector('[data-hold]')) ow.arrived();
  ow.each('form[data-autosave]', (form) => { offer(form); autosave(form); });

  // Leaving the account leaves nothing behind in the tab.
  ow.on('submit', 'form[data-sign-out]', () => { try { sessionStorage.clear(); } catch (_) { /* forbidden */ } });
})();
