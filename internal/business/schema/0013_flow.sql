-- +goose Up

-- owner: business/staff. A/B 岗: who stands in for an officer that is away, both days included.
create table substitution (
  id            text primary key,
  account_id    text not null references account (id), -- who is away
  substitute_id text not null references account (id),
  from_day      text not null,
  to_day        text not null,
  reason        text not null,
  created_by    text not null,
  created_at    text not null,
  ended_at      text not null default ''               -- set when it was ended before its time
);
create index substitution_account on substitution (account_id, to_day);
create index substitution_substitute on substitution (substitute_id, to_day);

-- owner: business/casework

-- A step that was handed over waits for this account; empty for whoever holds the role.
alter table task add column officer text not null default '';

-- Another body asked for its opinion outside of any step (征求意见). It stops no clock.
create table consultation (
  id            text primary key,
  case_id       text not null,
  body_id       text not null,                -- who is asked
  body_name     text not null,
  question      text not null,
  due           text not null,                -- YYYY-MM-DD
  asked_by      text not null,
  asked_by_name text not null,
  asked_at      text not null,
  answered_by   text not null default '',
  answered_name text not null default '',
  answered_at   text not null default '',
  stance        text not null default '',     -- support, oppose
  opinion       text not null default ''
);
create index consultation_case on consultation (case_id, id);
-- One question at a time to one body in one case.
create unique index consultation_open on consultation (case_id, body_id) where answered_at = '';
