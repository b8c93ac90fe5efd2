// <form data-upload>: the files go with a progress bar, and what was typed stays
// on the page when the connection breaks. Without this script, or without
// files, the form is sent by the browser as usual.
(() => {
  const size = (n) => n < 1048576 ? Math.ceil(n / 1024) + ' KB' : (n / 1048576).toFixed(1) + ' MB';

  const bar = (form) => {
    let box = form.querySelector('.ow-sending');
    if (!box) {
      box = document.createElement('div');
      box.className = 'ow-sending';
      const meter = document.createElement('progress');
      meter.className = 'ow-progress';
      meter.max = 100;
      meter.setAttribute('aria-label', '上传进度');
      const words = document.createElement('p');
      words.className = 'ow-status';
      words.setAttribute('role', 'status');
      box.append(meter, words);
      form.append(box);
    }
    box.hidden = false;
    return { meter: box.querySelector('progress'), words: box.querySelector('p'), box };
  };

  // show puts the server's answer, a whole page, in place of this one.
  const show = (html) => {
    const page = new DOMParser().parseFromString(html, 'text/html');
    const now = document.querySelector('main');
    const next = page.querySelector('main');
    if (!now || !next) return false;
    document.title = page.title;
    now.replaceWith(next);
    if (window.htmx) window.htmx.process(next);
    document.dispatchEvent(new CustomEvent('htmx:load', { detail: { elt: next } }));
    const focus = next.querySelector('[data-focus]') || next;
    focus.focus();
    return true;
  };

  const send = (form, submitter) => {
    const data = new FormData(form);
    if (submitter && submitter.name) data.append(submitter.name, submitter.value);
    const ui = bar(form);
    const x = new XMLHttpRequest();
    const fail = (words) => {
      ow.say(ui.words, words, 'bad');
      ui.meter.hidden = true;
      ow.free(form);
    };
    x.open('POST', (submitter && submitter.getAttribute('formaction')) || form.getAttribute('action') || window.location.href);
    x.setRequestHeader('X-Requested-With', 'onewindow-upload');
    x.upload.addEventListener('progress', (e) => {
      if (!e.lengthComputable) return;
      ui.meter.hidden = false;
      ui.meter.value = Math.floor(e.loaded / e.total * 100);
      ow.say(ui.words, e.loaded < e.total ? '正在上传 ' + size(e.loaded) + ' / ' + size(e.total) : '已传完，正在检查……');
    });
    x.addEventListener('load', () => {
      const to = x.getResponseHeader('HX-Redirect');
      if (to || x.status === 422) ow.arrived();
      if (to) {
        ow.leave();
        // Another part of the same page alone would not fetch it anew.
        const there = new URL(to, window.location.href);
        if (there.pathname + there.search === window.location.pathname + window.location.search) {
          window.history.replaceState(null, '', there.href);
          window.location.reload();
        } else {
          window.location.assign(to);
        }
      } else if (!show(x.responseText)) {
        fail('服务器没有给出可以显示的结果，请再试一次。');
      }
    });
    x.addEventListener('error', () => fail('网络中断，文件没有传完。已填内容仍在本页，请再点一次提交。'));
    x.addEventListener('timeout', () => fail('上传超时。已填内容仍在本页，请再点一次提交。'));
    x.send(data);
  };

  document.addEventListener('submit', (e) => {
    const form = e.target;
    if (e.defaultPrevented || !form.matches('form[data-upload]')) return;
    const files = ow.all('input[type=file]', form).some((i) => i.files && i.files.length > 0);
    if (!files) return;
    e.preventDefault();
    send(form, e.submitter);
  });

  // Too large is said before sending; the server checks again.
  ow.on('change', 'input[type=file][data-max]', (input) => {
    const max = Number(input.dataset.max);
    const big = Array.from(input.files || []).find((f) => f.size > max);
    const place = document.getElementById(input.id + '-picked');
    if (big) {
      input.value = '';
      ow.say(place, '「' + big.name + '」有 ' + size(big.size) + '，超过 ' + size(max) + ' 的上限，请压缩或拆分后再选。', 'bad');
    } else {
      ow.say(place, Array.from(input.files || []).map((f) => f.name + '（' + size(f.size) + '）').join('、'));
    }
  });
})();
